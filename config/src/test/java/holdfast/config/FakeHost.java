package holdfast.config;

import holdfast.net.IpAddress;
import holdfast.script.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A host with the interfaces, accounts and programs that the tests' configurations name.
///
/// @param hasIpvs whether its kernel has IPVS
record FakeHost(boolean hasIpvs) implements HostFacts {

    private static final Map<String, Link> LINKS =
            Map.of(
                    "lo", new Link(true, false, 1500),
                    "eth0", new Link(false, true, 1500),
                    "eth1", new Link(false, true, 1500),
                    "eth2", new Link(false, true, 1500),
                    "eth0.10", new Link(false, true, 1500),
                    "bond0", new Link(false, true, 1500));

    private static final Map<String, String> FILES =
            Map.of(
                    "/usr/share/iproute2/rt_tables", "# reserved\n255\tlocal\n301 red\n302 green\n",
                    "/etc/iproute2/rt_tables", "0x130 green\n",
                    "/etc/iproute2/rt_tables.d/README", "305 blue\n",
                    "/etc/iproute2/rt_tables.d/blue.conf", "306 blue\n",
                    "/etc/iproute2/rt_realms", "7 customers\n",
                    "/etc/iproute2/rt_dsfield", "0x48 AF21\n",
                    "/etc/protocols", "ip 0 IP\nudplite 136 UDPLite # light\n");

    private static final Map<String, Identity> USERS =
            Map.of(
                    "root", new Identity("root", 0, 0),
                    "nobody", new Identity("nobody", 65534, 65534),
                    "nginx", new Identity("nginx", 101, 101));

    private static final Map<String, Integer> GROUPS = Map.of("root", 0, "nogroup", 65534);

    private static final Set<String> PROGRAMS =
            Set.of(
                    "/usr/bin/true",
                    "/usr/bin/killall",
                    "/usr/bin/curl",
                    "/usr/local/bin/script_master.sh",
                    "/usr/local/bin/script_backup.sh",
                    "/usr/local/bin/script_fault.sh",
                    "/usr/local/bin/check-web.sh",
                    "/usr/local/bin/check-dns.sh");

    @Override
    public String hostName() {
        return "lb1.example.net";
    }

    @Override
    public Optional<Link> link(String name) {
        return Optional.ofNullable(LINKS.get(name));
    }

    @Override
    public Optional<Integer> interfaceGroup(String name) {
        return name.equals("default") ? Optional.of(0) : Optional.empty();
    }

    @Override
    public Optional<Identity> identity(String user, Optional<String> group) {
        Optional<Identity> account = Optional.ofNullable(USERS.get(user));
        if (group.isEmpty()) {
            return account;
        }
        Optional<Integer> gid = Optional.ofNullable(GROUPS.get(group.get()));
        return account.flatMap(
                known -> gid.map(number -> new Identity(known.user(), known.uid(), number)));
    }

    @Override
    public List<Integer> groups(String user, int gid) {
        return user.equals("nginx") ? List.of(gid, 33) : List.of(gid);
    }

    @Override
    public Identity self() {
        return new Identity("root", 0, 0);
    }

    @Override
    public Program program(String path) {
        // As on all systems with a merged /usr.
        String resolved =
                path.startsWith("/bin/")
                        ? "/usr" + path
                        : path.startsWith("/") ? path : "/usr/bin/" + path;
        boolean there = PROGRAMS.contains(resolved);
        boolean file = there || path.equals("/etc/passwd");
        return new Program(resolved, file, there, false, Optional.empty());
    }

    @Override
    public Optional<KeyFile> keyFile(String path) {
        return switch (path) {
            case "/etc/keys/good" -> Optional.of(new KeyFile("k".repeat(32) + "\n", false));
            case "/etc/keys/hex" -> Optional.of(new KeyFile("hex:" + "6b".repeat(64), false));
            case "/etc/keys/open" -> Optional.of(new KeyFile("k".repeat(40), true));
            case "/conf/near" -> Optional.of(new KeyFile("n".repeat(32), false));
            default -> Optional.empty();
        };
    }

    @Override
    public List<IpAddress> lookUp(String name) {
        return List.of();
    }

    @Override
    public Optional<String> environment(String name) {
        return name.equals("HOME") ? Optional.of("/root") : Optional.empty();
    }

    @Override
    public Optional<String> unwatchable(String directory) {
        return directory.startsWith("/proc")
                ? Optional.of("'" + directory + "' is in a file system of type proc")
                : Optional.empty();
    }

    @Override
    public Optional<String> text(String path) {
        return Optional.ofNullable(FILES.get(path));
    }

    @Override
    public List<String> files(String directory) {
        return directory.equals("/etc/iproute2/rt_tables.d")
                ? List.of("README", "blue.conf")
                : List.of();
    }

    @Override
    public boolean isDirectory(String path) {
        return path.equals("/tmp");
    }
}
