package holdfast.config;

import holdfast.config.HouseSpec.BufferSpec;
import holdfast.config.HouseSpec.DumpSpec;
import holdfast.config.HouseSpec.LifeScript;
import holdfast.config.HouseSpec.ReloadSpec;
import java.time.Duration;
import java.util.Optional;

/// Binds what `global_defs` says about the daemon's own life and files.
final class HouseBinder {

    private static final Duration LIFE_SCRIPT = Duration.ofSeconds(10);
    private static final String NOWHERE = "/dev/null";

    private final Context context;
    private final Section globals;

    HouseBinder(Context context) {
        this.context = context;
        this.globals = context.globals();
    }

    HouseSpec bind(Section root) {
        return new HouseSpec(
                globals.last("umask").map(entry -> (Integer) entry.read(0)),
                root.seconds("child_wait_time").orElse(HouseSpec.PLAIN.childWait()),
                life("startup_script", globals.seconds("startup_script_timeout")),
                life("shutdown_script", globals.seconds("shutdown_script_timeout")),
                dumps(),
                reload(),
                globals.number("random_seed"),
                buffers("lvs"),
                buffers("vrrp"));
    }

    private Optional<LifeScript> life(String keyword, Optional<Duration> timeout) {
        return globals.last(keyword)
                .flatMap(context.scripts()::script)
                .map(script -> new LifeScript(script, timeout.orElse(LIFE_SCRIPT)));
    }

    private DumpSpec dumps() {
        return new DumpSpec(
                globals.flag("data_use_instance").orElse(false),
                globals.number("json_version").map(Context::toInt).orElse(1),
                path("state_dump_file"),
                path("stats_dump_file"),
                path("json_dump_file"),
                directory("config_save_dir"));
    }

    private ReloadSpec reload() {
        Optional<Entry> check = globals.last("reload_check_config");
        Optional<Entry> marker = globals.last("reload_file");
        return new ReloadSpec(
                check.map(use -> use.wordIfAny(0).map(Word::text).orElse(NOWHERE)),
                timeFile(),
                globals.has("reload_repeat"),
                marker.map(use -> use.wordIfAny(0).map(Word::text).orElse("")),
                globals.has("fifo_write_vrrp_states_on_reload"));
    }

    /// A relative path would be seen from wherever the daemon happens to be.
    private Optional<String> timeFile() {
        Optional<Entry> use = globals.last("reload_time_file");
        if (use.isPresent() && !use.get().text().startsWith("/")) {
            context.findings()
                    .unusable(
                            use.get().word(0),
                            "'%s' is not a path from the root; the file is not watched"
                                    .formatted(use.get().text()));
            return Optional.empty();
        }
        return use.map(Entry::text);
    }

    private BufferSpec buffers(String whose) {
        return new BufferSpec(
                bytes(whose + "_netlink_cmd_rcv_bufs"),
                globals.flag(whose + "_netlink_cmd_rcv_bufs_force").orElse(false),
                bytes(whose + "_netlink_monitor_rcv_bufs"),
                globals.flag(whose + "_netlink_monitor_rcv_bufs_force").orElse(false),
                bytes("process_monitor_rcv_bufs"),
                globals.flag("process_monitor_rcv_bufs_force").orElse(false));
    }

    /// None of nothing: that is the kernel's own choice.
    private Optional<Integer> bytes(String keyword) {
        return globals.number(keyword).filter(count -> count > 0).map(Context::toInt);
    }

    private Optional<String> path(String keyword) {
        Optional<Entry> use = globals.last(keyword);
        if (use.isPresent() && use.get().text().isEmpty()) {
            context.findings().error(use.get().at(), "'" + keyword + "' needs a path");
            return Optional.empty();
        }
        return use.map(Entry::text);
    }

    private Optional<String> directory(String keyword) {
        Optional<Entry> use = globals.last(keyword);
        if (use.isPresent() && !use.get().text().startsWith("/")) {
            context.findings()
                    .error(
                            use.get().word(0),
                            "'%s' is not a path from the root".formatted(use.get().text()));
            return Optional.empty();
        }
        return use.map(Entry::text);
    }
}
