package holdfast.daemon;

import java.util.List;
import java.util.Optional;

/// What the command line says, checked.
///
/// @param configFile as given, or the default
/// @param vrrp whether virtual routers may run
/// @param checkers whether virtual servers may run
/// @param bfd whether sessions of BFD may run
/// @param umask of the files we make, when said
/// @param monitorsAddresses whether each change of an address is logged
/// @param allConfig a missing include is an error
/// @param configId for `@ID` lines; otherwise the host's name
/// @param readyFd where a background start waits for word, see [Daemonise]
/// @param remarks what is to be said about options that have no effect
/// @param privateRun whether /run/keepalived is our namespace's alone by now, see [PrivateRun]
record Options(
        String configFile,
        boolean vrrp,
        boolean checkers,
        boolean bfd,
        Logging logging,
        PidPaths pidPaths,
        Stopping stopping,
        Optional<Integer> umask,
        boolean respawn,
        boolean background,
        boolean dumpConfiguration,
        boolean monitorsAddresses,
        Cores cores,
        Optional<String> namespace,
        boolean allConfig,
        Optional<String> configId,
        boolean ignoreInterrupt,
        Optional<ConfigTest> configTest,
        Optional<Integer> readyFd,
        List<String> remarks,
        boolean privateRun) {

    static final String DEFAULT_FILE = "/etc/keepalived/keepalived.conf";

    Options {
        remarks = List.copyOf(remarks);
    }

    /// The same in a network namespace.
    Options in(String name, boolean withPrivateRun) {
        return new Options(
                configFile,
                vrrp,
                checkers,
                bfd,
                logging,
                pidPaths,
                stopping,
                umask,
                respawn,
                background,
                dumpConfiguration,
                monitorsAddresses,
                cores,
                Optional.of(name),
                allConfig,
                configId,
                ignoreInterrupt,
                configTest,
                readyFd,
                remarks,
                withPrivateRun);
    }

    /// @param console whether lines go to the standard error output too
    /// @param detail 0, 1 or 2: how much detail
    /// @param facility of syslog(3), shifted as in a message's priority
    record Logging(
            boolean console,
            int detail,
            int facility,
            Optional<String> file,
            boolean flush,
            boolean syslog) {}

    /// Paths that replace the usual ones.
    record PidPaths(
            Optional<String> main,
            Optional<String> vrrp,
            Optional<String> checkers,
            Optional<String> bfd) {}

    /// What the system keeps of a process that crashes.
    ///
    /// @param pattern of the names of core files, on the whole host
    record Cores(boolean allowed, Optional<String> pattern) {}

    /// What stays in the kernel when we stop.
    record Stopping(boolean keepVrrp, boolean keepIpvs) {}

    /// `-t`: read the configuration, say what is wrong with it, and end.
    ///
    /// @param report where to say it; the standard error output otherwise
    record ConfigTest(Optional<String> report) {}
}
