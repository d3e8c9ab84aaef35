package holdfast.config;

import holdfast.config.GlobalSpec.Backend;
import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.config.GlobalSpec.LvsFlushOnStop;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.config.GlobalSpec.Urgency;
import holdfast.script.Identity;
import holdfast.vrrp.NodeSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Binds `global_defs` and the words outside blocks.
final class GlobalBinder {

    /// 31 days.
    private static final int TIMEOUT_SECONDS_MAX = 2_678_400;

    private static final int REAL_TIME_MAX = 99;

    private final Context context;
    private final Section globals;

    GlobalBinder(Context context) {
        this.context = context;
        this.globals = context.globals();
    }

    /// @param vrrp whose routers the sync daemon may follow
    GlobalSpec bind(Section root, NodeSpec vrrp) {
        Optional<String> instance = root.text("instance");
        return new GlobalSpec(
                name("process_name"),
                globals.text("router_id").orElseGet(context.host()::hostName),
                new MailBinder(context).bind(),
                instance,
                root.has("use_pid_dir") || instance.isPresent(),
                backend(),
                process("vrrp", "keepalived_vrrp"),
                process("checker", "keepalived_lvs"),
                process("bfd", "keepalived_bfd"),
                fifo("notify_fifo"),
                fifo("vrrp_notify_fifo"),
                fifo("lvs_notify_fifo"),
                new HouseBinder(context).bind(root),
                globals.has("lvs_flush"),
                flushOnStop(),
                context.dynamicInterfaces(),
                new SyncDaemonBinder(context).bind(root, vrrp),
                timeouts(),
                new FirewallBinder(context).bind(),
                new NamespaceBinder(context.findings()).bind(root),
                globals.has("disable_local_igmp"));
    }

    private Backend backend() {
        return globals.text("lvs_backend")
                .map(word -> Backend.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Backend.AUTO);
    }

    private LvsFlushOnStop flushOnStop() {
        Optional<Entry> entry = globals.last("lvs_flush_on_stop");
        if (entry.isEmpty()) {
            return LvsFlushOnStop.NO;
        }
        return entry.get().words().isEmpty() ? LvsFlushOnStop.ALL : LvsFlushOnStop.SERVICES;
    }

    /// Several uses add up; of the same kind, the last counts.
    private Optional<LvsTimeouts> timeouts() {
        List<Entry> uses = globals.all("lvs_timeouts");
        Map<String, Duration> times = new HashMap<>();
        for (Entry use : uses) {
            List<Word> words = use.words();
            for (int i = 0; i + 1 < words.size(); i += 2) {
                String kind = words.get(i).text();
                Word value = words.get(i + 1);
                Scalars.integer(value.text(), 0, TIMEOUT_SECONDS_MAX)
                        .value()
                        .map(Duration::ofSeconds)
                        .ifPresent(time -> times.put(kind, time));
            }
            if (words.size() % 2 != 0) {
                Word last = words.getLast();
                context.findings().error(last, "'" + last.text() + "' needs a value");
            }
        }
        return uses.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LvsTimeouts(
                                times.getOrDefault("tcp", Duration.ZERO),
                                times.getOrDefault("tcpfin", Duration.ZERO),
                                times.getOrDefault("udp", Duration.ZERO)));
    }

    /// The keywords of both processes: `vrrp_priority`, `checker_rt_priority`, ...
    private ProcessSpec process(String prefix, String usualName) {
        List<Integer> cpus =
                globals.last(prefix + "_cpu_affinity").stream()
                        .flatMap(entry -> entry.words().stream())
                        .flatMap(word -> Scalars.integer(word.text(), 0, 1023).value().stream())
                        .map(Context::toInt)
                        .toList();
        return new ProcessSpec(
                name(prefix + "_process_name")
                        .or(() -> Optional.of(usualName).filter(_ -> globals.has("process_names"))),
                globals.number(prefix + "_priority").map(Long::intValue).orElse(0),
                globals.number(prefix + "_rt_priority").map(Context::toInt),
                globals.has(prefix + "_no_swap"),
                cpus,
                // Of a single microsecond there is no half.
                globals.number(prefix + "_rlimit_rttime").map(micros -> Math.max(2, micros)),
                urgency());
    }

    private Optional<String> name(String keyword) {
        return globals.last(keyword).map(entry -> (String) entry.read(0));
    }

    private Urgency urgency() {
        Optional<Entry> ceiling = globals.last("max_auto_priority");
        return new Urgency(
                ceiling.isPresent() && ceiling.get().words().isEmpty()
                        ? REAL_TIME_MAX
                        : globals.number("max_auto_priority").map(Long::intValue).orElse(0),
                globals.number("min_auto_priority_delay")
                        .map(micros -> Duration.ofNanos(micros * 1000))
                        .orElse(Urgency.PLAIN.lateness()));
    }

    private Optional<FifoSpec> fifo(String keyword) {
        List<Entry> uses = globals.all(keyword);
        uses.stream()
                .skip(1)
                .forEach(
                        use ->
                                context.findings()
                                        .error(use.at(), "'" + keyword + "' stands here already"));
        if (uses.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = uses.getFirst();
        Optional<Identity> owner =
                entry.words().size() < 2
                        ? Optional.of(context.host().self())
                        : context.scripts().identity(entry.word(1), entry.wordIfAny(2));
        return owner.map(
                identity ->
                        new FifoSpec(
                                entry.text(),
                                identity.uid(),
                                identity.gid(),
                                globals.last(keyword + "_script")
                                        .flatMap(context.scripts()::script)));
    }
}
