package holdfast.report;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which scripts and pipes hear of the virtual routers, and what (runtime specification, section
/// 7).
///
/// A state's own script is started with no arguments added; `notify` is started after it, with
/// `INSTANCE|GROUP NAME STATE PRIORITY` added.
public final class VrrpAnnouncements {

    private VrrpAnnouncements() {}

    /// What to say about a fact, or [Announcement#isEmpty] when nobody wants to know.
    public static Announcement of(VrrpEffect fact, Audience audience) {
        return switch (fact) {
            case VrrpEffect.RoleChanged(var name, var from, var to, _, var priority) ->
                    roleChanged("INSTANCE", name, from, to, priority, audience.instance(name));
            case VrrpEffect.GroupRoleChanged(var group, var from, var to) ->
                    roleChanged("GROUP", group, from, to, 0, audience.group(group));
            case VrrpEffect.PriorityChanged(var name, var role, _, var to) ->
                    priorityChanged(name, role, to, audience.instance(name));
            case VrrpEffect.HeardWeaker(var name, _, _) ->
                    new Announcement(
                            name,
                            audience.instance(name).masterHearsWeaker().stream().toList(),
                            line("INSTANCE", name, "MASTER_RX_LOWER_PRI", audience.priority(name)),
                            false);
            case VrrpEffect.Deed _,
                    VrrpEffect.FaultsChanged _,
                    VrrpEffect.ScriptTurned _,
                    VrrpEffect.FileChanged _,
                    VrrpEffect.ProcessesTurned _,
                    VrrpEffect.SessionTurned _,
                    VrrpEffect.PacketDropped _,
                    VrrpEffect.HeardUnknownRouter _,
                    VrrpEffect.Mismatch _ ->
                    Announcement.nothing("");
        };
    }

    /// The lines that tell pipes what all instances and groups are now.
    public static List<String> states(NodeSpec spec, Audience audience) {
        List<String> lines = new ArrayList<>();
        for (VrrpSpec instance : spec.instances()) {
            String name = instance.name();
            Role role = audience.instanceRole(name);
            if (role != Role.INIT) {
                lines.add(line("INSTANCE", name, role.toString(), audience.priority(name)));
            }
        }
        for (SyncGroupSpec group : spec.groups()) {
            Role role = audience.groupRole(group.name());
            if (role != Role.INIT) {
                lines.add(line("GROUP", group.name(), role.toString(), 0));
            }
        }
        return lines;
    }

    private static Announcement roleChanged(
            String kind, String name, Role from, Role to, int priority, Notifying notifying) {
        Role told = told(from, to, notifying);
        if (told == Role.INIT) {
            return Announcement.nothing(name);
        }
        List<ScriptSpec> scripts = new ArrayList<>(stateScript(told, notifying).stream().toList());
        notifying
                .always()
                .ifPresent(
                        script ->
                                scripts.add(
                                        with(
                                                script,
                                                kind,
                                                name,
                                                told.toString(),
                                                Integer.toString(priority))));
        boolean last = to == Role.STOP || to == Role.DELETED;
        return new Announcement(name, scripts, line(kind, name, told.toString(), priority), last);
    }

    /// A removed instance is DELETED for those who asked for it, and FAULT for all others.
    static Role told(Role from, Role to, Notifying notifying) {
        if (to != Role.DELETED || notifying.notifyDeleted()) {
            return to;
        }
        return from == Role.FAULT ? Role.INIT : Role.FAULT;
    }

    private static Optional<ScriptSpec> stateScript(Role role, Notifying notifying) {
        return switch (role) {
            case INIT -> Optional.empty();
            case BACKUP -> notifying.backup();
            case MASTER -> notifying.master();
            case FAULT -> notifying.fault();
            case STOP -> notifying.stop();
            case DELETED -> notifying.deleted();
        };
    }

    private static Announcement priorityChanged(
            String name, Role role, int priority, Notifying notifying) {
        boolean heard = notifying.priorityChanges() && (role == Role.MASTER || role == Role.BACKUP);
        return heard
                ? new Announcement(
                        name,
                        List.of(),
                        line("INSTANCE", name, role + "_PRIORITY", priority),
                        false)
                : Announcement.nothing(name);
    }

    private static ScriptSpec with(ScriptSpec script, String... arguments) {
        List<String> argv = new ArrayList<>(script.argv());
        argv.addAll(List.of(arguments));
        return new ScriptSpec(argv, script.identity());
    }

    /// `INSTANCE "VI_1" MASTER 100` and a newline.
    private static String line(String kind, String name, String state, int priority) {
        return kind + " \"" + name + "\" " + state + " " + priority + "\n";
    }
}
