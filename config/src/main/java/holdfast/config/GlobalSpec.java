package holdfast.config;

import holdfast.net.Endpoint;
import holdfast.script.ScriptSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `global_defs` and the words outside blocks say about the processes themselves.
///
/// @param processName of the main process, for ps(1); at most 15 bytes
/// @param routerId the host name unless configured
/// @param mail absent when no mail is wanted, or there is no server to take it
/// @param pidDirectory whether pid files live in a directory of their own
/// @param bfdProcess of the thread that runs the sessions of BFD, which is in the main process
/// @param disableLocalIgmp whether the kernel shall not report groups that stay on the link
public record GlobalSpec(
        Optional<String> processName,
        String routerId,
        Optional<MailSpec> mail,
        Optional<String> instance,
        boolean pidDirectory,
        Backend backend,
        ProcessSpec vrrpProcess,
        ProcessSpec checkerProcess,
        ProcessSpec bfdProcess,
        Optional<FifoSpec> notifyFifo,
        Optional<FifoSpec> vrrpFifo,
        Optional<FifoSpec> lvsFifo,
        HouseSpec house,
        boolean lvsFlush,
        LvsFlushOnStop lvsFlushOnStop,
        boolean dynamicInterfaces,
        Optional<SyncDaemonSpec> syncDaemon,
        Optional<LvsTimeouts> lvsTimeouts,
        FirewallSpec firewall,
        NamespaceSpec namespaces,
        boolean disableLocalIgmp) {

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

    /// How a process is called and scheduled.
    ///
    /// @param name for ps(1), at most 15 bytes
    /// @param nice -20 to 19
    /// @param realTimePriority 1 to 99 for `SCHED_RR`
    /// @param realTimeMicros how long a real-time thread may run without a wait
    /// @param urgency what comes of late timers
    public record ProcessSpec(
            Optional<String> name,
            int nice,
            Optional<Integer> realTimePriority,
            boolean noSwap,
            List<Integer> cpus,
            Optional<Long> realTimeMicros,
            Urgency urgency) {

        public static final ProcessSpec PLAIN =
                new ProcessSpec(
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        false,
                        List.of(),
                        Optional.empty(),
                        Urgency.PLAIN);

        public ProcessSpec {
            cpus = List.copyOf(cpus);
        }
    }

    /// When timers run late, a process may be made more urgent, a step each time.
    ///
    /// @param ceiling the highest real-time priority; 0 for none, -1 to say nothing either
    /// @param lateness beyond which something is done
    public record Urgency(int ceiling, Duration lateness) {
        public static final Urgency PLAIN = new Urgency(0, Duration.ofSeconds(1));
    }

    /// Who gets mail, from whom, and who carries it.
    ///
    /// @param serverName as it was written, which is what its certificate must say
    /// @param from as in a header: an address, or a name with an address in angle brackets
    /// @param recipients like `from`; at least one
    /// @param heloName what we call ourselves towards the server
    /// @param patience for each step of the conversation
    /// @param noFaults nothing is said of virtual routers in FAULT
    /// @param onlyStateChanges checks are mentioned only when their server turned
    public record MailSpec(
            Endpoint server,
            String serverName,
            MailSecurity security,
            String from,
            List<String> recipients,
            String heloName,
            Duration patience,
            boolean noFaults,
            boolean onlyStateChanges) {

        public MailSpec {
            recipients = List.copyOf(recipients);
        }
    }

    /// A named pipe that hears of changes.
    ///
    /// @param script started with the path as its last argument
    public record FifoSpec(String path, int uid, int gid, Optional<ScriptSpec> script) {}
}
