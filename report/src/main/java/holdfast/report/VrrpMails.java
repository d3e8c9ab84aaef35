package holdfast.report;

import holdfast.report.mail.Mail;
import holdfast.report.mail.MailRules;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.VrrpEffect;
import java.util.Optional;

/// Which mails the virtual routers are worth (runtime specification, section 8).
public final class VrrpMails {

    private VrrpMails() {}

    /// The mail about a fact, if somebody asked for it.
    public static Optional<Mail> of(VrrpEffect fact, Audience audience, MailRules rules) {
        return switch (fact) {
            case VrrpEffect.RoleChanged(var name, var from, var to, _, _) ->
                    told(from, to, audience.instance(name), rules)
                            .map(role -> instance(name, role, rules));
            case VrrpEffect.GroupRoleChanged(var group, var from, var to) ->
                    told(from, to, audience.group(group), rules)
                            .map(role -> group(group, role, rules));
            case VrrpEffect.Deed _,
                    VrrpEffect.PriorityChanged _,
                    VrrpEffect.HeardWeaker _,
                    VrrpEffect.FaultsChanged _,
                    VrrpEffect.ScriptTurned _,
                    VrrpEffect.FileChanged _,
                    VrrpEffect.ProcessesTurned _,
                    VrrpEffect.SessionTurned _,
                    VrrpEffect.PacketDropped _,
                    VrrpEffect.HeardUnknownRouter _,
                    VrrpEffect.Mismatch _ ->
                    Optional.empty();
        };
    }

    private static Optional<Role> told(Role from, Role to, Notifying notifying, MailRules rules) {
        if (!notifying.smtpAlert()) {
            return Optional.empty();
        }
        Role told = VrrpAnnouncements.told(from, to, notifying);
        boolean unsaid = told == Role.INIT || (told == Role.FAULT && rules.noFaults());
        return unsaid ? Optional.empty() : Optional.of(told);
    }

    private static Mail instance(String name, Role role, MailRules rules) {
        String body =
                switch (role) {
                    case MASTER -> "VRRP Instance is now owning VRRP VIPs";
                    case INIT, BACKUP, FAULT -> "VRRP Instance is no longer owning VRRP VIPs";
                    case STOP -> "VRRP Instance stopping";
                    case DELETED -> "VRRP Deleted at reload";
                };
        return rules.mail("VRRP Instance " + name + " - " + news(role), body);
    }

    private static Mail group(String name, Role role, MailRules rules) {
        String body =
                switch (role) {
                    case INIT, MASTER, BACKUP, FAULT ->
                            "All VRRP group instances are now in " + role + " state";
                    case STOP -> "All VRRP group instances are now stopping";
                    case DELETED -> "VRRP Deleted at reload";
                };
        return rules.mail("VRRP Group " + name + " - " + news(role), body);
    }

    private static String news(Role role) {
        return switch (role) {
            case INIT, MASTER, BACKUP, FAULT -> "Entering " + role + " state";
            case STOP -> "Stopping";
            case DELETED -> "Deleted";
        };
    }
}
