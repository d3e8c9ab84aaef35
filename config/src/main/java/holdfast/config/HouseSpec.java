package holdfast.config;

import holdfast.script.ScriptSpec;
import java.time.Duration;
import java.util.Optional;

/// How the daemon keeps house: how long it is patient, and which files it writes and how.
///
/// @param umask of the files we make, when said
/// @param childWait how long the roles may take to leave
/// @param startup runs before any role, and is waited for
/// @param shutdown runs when all roles have ended
/// @param seed of chance, so that it can be repeated (`random_seed`)
/// @param buffers of the checkers' talk with the kernel
/// @param vrrpBuffers of that of the virtual routers, and about processes
public record HouseSpec(
        Optional<Integer> umask,
        Duration childWait,
        Optional<LifeScript> startup,
        Optional<LifeScript> shutdown,
        DumpSpec dumps,
        ReloadSpec reload,
        Optional<Long> seed,
        BufferSpec buffers,
        BufferSpec vrrpBuffers) {

    /// What holds when nothing is said.
    public static final HouseSpec PLAIN =
            new HouseSpec(
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Optional.empty(),
                    Optional.empty(),
                    DumpSpec.PLAIN,
                    ReloadSpec.PLAIN,
                    Optional.empty(),
                    BufferSpec.PLAIN,
                    BufferSpec.PLAIN);

    /// A script of the daemon's own life, and how long it may take.
    public record LifeScript(ScriptSpec script, Duration timeout) {}

    /// The files that signals ask for. A path without a beginning `/` is a name in the directory
    /// for temporary files; one that ends in `/` is a directory for the usual name.
    ///
    /// @param withInstance whether names carry the network namespace and the instance
    /// @param jsonVersion 1 or 2
    /// @param saveDirectory where the state before and after each reload is kept
    public record DumpSpec(
            boolean withInstance,
            int jsonVersion,
            Optional<String> state,
            Optional<String> statistics,
            Optional<String> json,
            Optional<String> saveDirectory) {

        public static final DumpSpec PLAIN =
                new DumpSpec(
                        false,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /// What surrounds a reload.
    ///
    /// @param check the log of a test run that must pass first
    /// @param timeFile which says when to reload
    /// @param repeat whether a time of day holds for each day
    /// @param marker which exists while we load; an empty path is the usual one
    /// @param tellsStates whether pipes hear the states of all routers again
    public record ReloadSpec(
            Optional<String> check,
            Optional<String> timeFile,
            boolean repeat,
            Optional<String> marker,
            boolean tellsStates) {

        public static final ReloadSpec PLAIN =
                new ReloadSpec(Optional.empty(), Optional.empty(), false, Optional.empty(), false);
    }

    /// Receive buffers of netlink sockets; what is not said is left to us.
    ///
    /// @param commands for answers
    /// @param commandsForced whether the system's limit is overruled
    /// @param monitor for notices
    /// @param monitorForced whether the system's limit is overruled
    /// @param processes for what the kernel tells of processes
    /// @param processesForced whether the system's limit is overruled
    public record BufferSpec(
            Optional<Integer> commands,
            boolean commandsForced,
            Optional<Integer> monitor,
            boolean monitorForced,
            Optional<Integer> processes,
            boolean processesForced) {

        public static final BufferSpec PLAIN =
                new BufferSpec(
                        Optional.empty(), false, Optional.empty(), false, Optional.empty(), false);
    }
}
