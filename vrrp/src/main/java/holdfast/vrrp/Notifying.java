package holdfast.vrrp;

import holdfast.script.ScriptSpec;
import java.util.Optional;

/// Whom to tell about an instance or a group.
///
/// @param always the `notify` script, told every state with arguments
/// @param deleted present when a removed instance says DELETED instead of FAULT; the inner one is
///     the script, if any
/// @param smtpAlert whether mail is wanted
/// @param priorityChanges whether FIFOs hear of priorities too
public record Notifying(
        Optional<ScriptSpec> master,
        Optional<ScriptSpec> backup,
        Optional<ScriptSpec> fault,
        Optional<ScriptSpec> stop,
        Optional<ScriptSpec> always,
        Optional<ScriptSpec> masterHearsWeaker,
        boolean notifyDeleted,
        Optional<ScriptSpec> deleted,
        boolean smtpAlert,
        boolean priorityChanges) {

    public static final Notifying NOBODY =
            new Notifying(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    false,
                    false);
}
