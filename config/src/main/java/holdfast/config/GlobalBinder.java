package holdfast.config;

import holdfast.config.GlobalSpec.Backend;
import holdfast.config.GlobalSpec.FifoSpec;
import holdfast.config.GlobalSpec.LvsFlushOnStop;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.script.Identity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Binds `global_defs` and the words outside blocks.
final class GlobalBinder {

    private final Context context;
    private final Section globals;

    GlobalBinder(Context context) {
        this.context = context;
        this.globals = context.globals();
    }

    GlobalSpec bind(Section root) {
        Optional<String> instance = root.text("instance");
        return new GlobalSpec(
                globals.text("router_id").orElseGet(context.host()::hostName),
                new MailBinder(context).bind(),
                instance,
                root.has("use_pid_dir") || instance.isPresent(),
                backend(),
                process("vrrp"),
                process("checker"),
                fifo("notify_fifo"),
                fifo("vrrp_notify_fifo"),
                fifo("lvs_notify_fifo"),
                globals.last("startup_script").flatMap(context.scripts()::script),
                globals.last("shutdown_script").flatMap(context.scripts()::script),
                globals.has("lvs_flush"),
                flushOnStop(),
                context.dynamicInterfaces());
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

    /// The keywords of both processes: `vrrp_priority`, `checker_rt_priority`, ...
    private ProcessSpec process(String prefix) {
        List<Integer> cpus =
                globals.last(prefix + "_cpu_affinity").stream()
                        .flatMap(entry -> entry.words().stream())
                        .flatMap(word -> Scalars.integer(word.text(), 0, 1023).value().stream())
                        .map(Context::toInt)
                        .toList();
        return new ProcessSpec(
                globals.number(prefix + "_priority").map(Long::intValue).orElse(0),
                globals.number(prefix + "_rt_priority").map(Context::toInt),
                globals.has(prefix + "_no_swap"),
                cpus);
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
