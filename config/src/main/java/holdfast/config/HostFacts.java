package holdfast.config;

import holdfast.net.IpAddress;
import holdfast.script.Identity;
import java.util.List;
import java.util.Optional;

/// What a configuration needs to know about the host that reads it. The tests have their own.
public interface HostFacts {

    /// The name before the first dot is the default `config-id`.
    String hostName();

    /// An interface of this name, if there is one now.
    Optional<Link> link(String name);

    /// The number of a group of interfaces, as `ip link` knows it.
    Optional<Integer> interfaceGroup(String name);

    /// What matters of an interface before anything starts.
    record Link(boolean isLoopback, boolean isMulticast, int mtu) {}

    /// The account `user`, with its primary group unless `group` names another. Empty if either is
    /// unknown.
    Optional<Identity> identity(String user, Optional<String> group);

    /// All groups of a user, `gid` among them.
    List<Integer> groups(String user, int gid);

    /// The account the program itself runs as.
    Identity self();

    /// Finds a program: a bare name in the search path, a path as it is with links resolved.
    Program program(String path);

    /// What is known of a file that shall be run.
    ///
    /// @param resolved the path to execute
    /// @param unsafeComponent the first part of the path that others than root may change
    record Program(
            String resolved,
            boolean exists,
            boolean executable,
            boolean setsRootIdentity,
            Optional<String> unsafeComponent) {}

    /// A small file that holds a secret; empty if there is none that can be read.
    Optional<KeyFile> keyFile(String path);

    /// @param readableByOthers whether more accounts than its owner's may read it
    record KeyFile(String text, boolean readableByOthers) {

        /// Says nothing of what is in it.
        @Override
        public String toString() {
            return "KeyFile[********]";
        }
    }

    /// Whether the kernel has IPVS, or can load it.
    boolean hasIpvs();

    /// Addresses of a mail server's name; may ask a name server.
    List<IpAddress> lookUp(String name);

    /// An environment variable, for `${_ENV NAME}`.
    Optional<String> environment(String name);

    /// Why changes of files in a directory would go unnoticed, in words; empty when they do not.
    Optional<String> unwatchable(String directory);

    /// The contents of a small file; empty if it cannot be read.
    Optional<String> text(String path);

    /// The names of what is in a directory, sorted; none if it cannot be read.
    List<String> files(String directory);

    /// Whether a directory exists.
    boolean isDirectory(String path);
}
