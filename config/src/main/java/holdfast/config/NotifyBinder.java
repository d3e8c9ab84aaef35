package holdfast.config;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.Notifying;
import java.util.List;
import java.util.Optional;

/// Binds who is told about an instance or a group.
final class NotifyBinder {

    private final Context context;

    NotifyBinder(Context context) {
        this.context = context;
    }

    Notifying bind(Section block) {
        Optional<Entry> deleted = first(block, "notify_deleted");
        return new Notifying(
                script(block, "notify_master"),
                script(block, "notify_backup"),
                script(block, "notify_fault"),
                script(block, "notify_stop"),
                script(block, "notify"),
                script(block, "notify_master_rx_lower_pri"),
                deleted.isPresent(),
                deleted.filter(entry -> !entry.words().isEmpty())
                        .flatMap(context.scripts()::script),
                context.smtpAlert(block, "smtp_alert_vrrp").orElse(false),
                context.flag(block, "notify_priority_changes", "vrrp_notify_priority_changes"));
    }

    private Optional<ScriptSpec> script(Section block, String name) {
        return first(block, name).flatMap(context.scripts()::script);
    }

    /// The first use counts here, and the others are mistakes.
    private Optional<Entry> first(Section block, String name) {
        List<Entry> uses = block.all(name);
        uses.stream()
                .skip(1)
                .forEach(
                        use ->
                                context.findings()
                                        .error(use.at(), "'" + name + "' stands here already"));
        return uses.stream().findFirst();
    }
}
