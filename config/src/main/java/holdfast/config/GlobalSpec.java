package holdfast.config;

import holdfast.script.ScriptSpec;
import java.util.List;
import java.util.Optional;

/// What `global_defs` and the words outside blocks say about the processes themselves.
///
/// @param routerId the host name unless configured
/// @param pidDirectory whether pid files live in a directory of their own
public record GlobalSpec(
        String routerId,
        Optional<String> instance,
        boolean pidDirectory,
        Backend backend,
        ProcessSpec vrrpProcess,
        ProcessSpec checkerProcess,
        Optional<FifoSpec> notifyFifo,
        Optional<FifoSpec> vrrpFifo,
        Optional<FifoSpec> lvsFifo,
        Optional<ScriptSpec> startupScript,
        Optional<ScriptSpec> shutdownScript,
        boolean lvsFlush,
        LvsFlushOnStop lvsFlushOnStop,
        boolean dynamicInterfaces) {

    /// Which data plane carries the virtual servers (`lvs_backend`).
    public enum Backend {
        AUTO,
        IPVS,
        NFTABLES
    }

    /// `lvs_flush_on_stop`.
    public enum LvsFlushOnStop {
        NO,
        ALL,
        SERVICES
    }

    /// How a process is scheduled.
    ///
    /// @param nice -20 to 19
    /// @param realTimePriority 1 to 99 for `SCHED_RR`
    public record ProcessSpec(
            int nice, Optional<Integer> realTimePriority, boolean noSwap, List<Integer> cpus) {

        public static final ProcessSpec PLAIN =
                new ProcessSpec(0, Optional.empty(), false, List.of());

        public ProcessSpec {
            cpus = List.copyOf(cpus);
        }
    }

    /// A named pipe that hears of changes.
    ///
    /// @param script started with the path as its last argument
    public record FifoSpec(String path, int uid, int gid, Optional<ScriptSpec> script) {}
}
