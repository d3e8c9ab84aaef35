package holdfast.daemon.host;

import holdfast.config.HostFacts;
import holdfast.linux.Accounts;
import holdfast.linux.Interfaces;
import holdfast.linux.SyscallException;
import holdfast.net.IpAddress;
import holdfast.script.Identity;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The host this process runs on, and the network namespace of the calling thread.
///
/// What the system cannot tell is taken as not there: a configuration that needs it complains.
public final class RealHost implements HostFacts {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /// Where others than this kernel change files, or where there are no files.
    private static final Set<String> UNWATCHABLE =
            Set.of(
                    "proc", "sysfs", "cgroup", "cgroup2", "debugfs", "devpts", "nfs", "nfs4",
                    "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "ncpfs");

    public RealHost() {}

    @Override
    public String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException ignored) {
            return "localhost";
        }
    }

    @Override
    public Optional<Link> link(String name) {
        // Not by a call of our own into the kernel: the first of those takes longer than all the
        // rest of a test of a configuration.
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found == null
                    ? linkWithoutAddresses(name)
                    : Optional.of(
                            new Link(
                                    found.isLoopback(), found.supportsMulticast(), found.getMTU()));
        } catch (SocketException | SyscallException ignored) {
            return Optional.empty();
        }
    }

    /// Java knows of no interface that has no address.
    private static Optional<Link> linkWithoutAddresses(String name) throws SyscallException {
        OptionalInt flags = Interfaces.flags(name);
        return flags.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Link(
                                (flags.getAsInt() & Interfaces.IFF_LOOPBACK) != 0,
                                (flags.getAsInt() & Interfaces.IFF_MULTICAST) != 0,
                                Interfaces.mtu(name).orElse(0)));
    }

    @Override
    public Optional<Integer> interfaceGroup(String name) {
        return LinkGroups.number(name);
    }

    @Override
    public Optional<Identity> identity(String user, Optional<String> group) {
        try {
            Optional<Accounts.User> account = Accounts.user(user);
            OptionalInt other =
                    group.isPresent() ? Accounts.group(group.get()) : OptionalInt.empty();
            if (account.isEmpty() || (group.isPresent() && other.isEmpty())) {
                return Optional.empty();
            }
            Accounts.User found = account.get();
            return Optional.of(new Identity(user, found.uid(), other.orElse(found.gid())));
        } catch (SyscallException ignored) {
            return Optional.empty();
        }
    }

    @Override
    public List<Integer> groups(String user, int gid) {
        try {
            return Accounts.groups(user, gid);
        } catch (SyscallException ignored) {
            return List.of(gid);
        }
    }

    @Override
    public Identity self() {
        int uid = Accounts.effectiveUser();
        if (uid == 0) {
            return new Identity("root", 0, Accounts.effectiveGroup());
        }
        String name = Integer.toString(uid);
        try {
            name = Accounts.user(uid).map(Accounts.User::name).orElse(name);
        } catch (SyscallException ignored) {
            // The number is a name too.
        }
        return new Identity(name, uid, Accounts.effectiveGroup());
    }

    @Override
    public Program program(String path) {
        return Programs.find(path);
    }

    @Override
    public Optional<KeyFile> keyFile(String path) {
        return KeyFiles.read(Path.of(path));
    }

    @Override
    public boolean hasIpvs() {
        if (Files.exists(Path.of("/proc/sys/net/ipv4/vs"))) {
            return true;
        }
        try {
            String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
            Path modules = Path.of("/lib/modules", release, "modules.dep");
            return Files.exists(modules) && Files.readString(modules).contains("/ip_vs.ko");
        } catch (IOException ignored) {
            return false;
        }
    }

    @Override
    public List<IpAddress> lookUp(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(address -> IpAddress.of(address.getAddress()))
                    .toList();
        } catch (UnknownHostException ignored) {
            return List.of();
        }
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Override
    public Optional<String> unwatchable(String directory) {
        try {
            String type = Files.getFileStore(Path.of(directory)).type();
            return UNWATCHABLE.contains(type) || type.startsWith("fuse")
                    ? Optional.of("'" + directory + "' is in a file system of type " + type)
                    : Optional.empty();
        } catch (IOException ignored) {
            return Optional.empty(); // There is no such directory yet.
        }
    }

    @Override
    public Optional<String> text(String path) {
        try {
            return Optional.of(Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
        } catch (IOException ignored) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> files(String directory) {
        String[] names = new File(directory).list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return List.of(names);
    }

    @Override
    public boolean isDirectory(String path) {
        return Files.isDirectory(Path.of(path));
    }
}
