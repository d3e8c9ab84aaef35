package holdfast.report;

import holdfast.net.IpAddress;
import holdfast.report.LogLine.Gravity;
import holdfast.vrrp.Cause;
import holdfast.vrrp.DropReason;
import holdfast.vrrp.FaultReason;
import holdfast.vrrp.Role;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import java.util.List;
import java.util.stream.Collectors;

/// What the virtual routers did, in sentences.
///
/// `(NAME) Entering MASTER STATE` and its sisters are what monitoring searches for: they stay as
/// they are, on a line of their own, and the explanation follows on the next.
public final class VrrpLog {

    private VrrpLog() {}

    /// The lines for one effect; none for those that speak for themselves.
    public static List<LogLine> of(VrrpEffect effect) {
        return switch (effect) {
            case VrrpEffect.SendPacket _, VrrpEffect.AnnounceAddresses _ -> List.of();
            case VrrpEffect.ClaimAddresses(var name, var addresses) ->
                    List.of(detail(name, "Adding " + list(addresses)));
            case VrrpEffect.ReleaseAddresses(var name, var addresses) ->
                    List.of(detail(name, "Removing " + list(addresses)));
            case VrrpEffect.BlockAddresses(var name, var addresses) ->
                    List.of(detail(name, "Dropping packets of " + list(addresses)));
            case VrrpEffect.UnblockAddresses(var name, var addresses) ->
                    List.of(detail(name, "No longer dropping packets of " + list(addresses)));
            case VrrpEffect.ClaimRouting(var name, var routing) ->
                    List.of(detail(name, "Adding " + routing(routing)));
            case VrrpEffect.ReleaseRouting(var name, var routing) ->
                    List.of(detail(name, "Removing " + routing(routing)));
            case VrrpEffect.RunScript(var script, _, _, _) ->
                    List.of(new LogLine(Gravity.DETAIL, "Script " + script + " starts"));
            case VrrpEffect.RoleChanged change -> roleChanged(change);
            case VrrpEffect.GroupRoleChanged(var group, _, var to) ->
                    List.of(line(gravity(to), group, "Group is now in " + to + " state"));
            case VrrpEffect.PriorityChanged(var name, _, var from, var to) ->
                    List.of(
                            line(
                                    Gravity.PLAIN,
                                    name,
                                    "Effective priority goes from " + from + " to " + to));
            case VrrpEffect.FaultsChanged(var name, var reasons) -> List.of(faults(name, reasons));
            case VrrpEffect.HeardWeaker(var name, var source, var priority) ->
                    List.of(
                            line(
                                    Gravity.PLAIN,
                                    name,
                                    "Heard the weaker " + source + " with priority " + priority));
            case VrrpEffect.ScriptTurned(var script, var good) ->
                    List.of(
                            new LogLine(
                                    good ? Gravity.PLAIN : Gravity.NOTABLE,
                                    "Script " + script + (good ? " succeeds now" : " fails now")));
            case VrrpEffect.FileChanged(var file, var value) ->
                    List.of(new LogLine(Gravity.PLAIN, "Tracked file " + file + " says " + value));
            case VrrpEffect.ProcessesTurned(var process, var good, var count) ->
                    List.of(processes(process, good, count));
            case VrrpEffect.SessionTurned(var session, var up) -> List.of(session(session, up));
            case VrrpEffect.PacketDropped(var name, var source, var reason) ->
                    List.of(
                            line(
                                    Gravity.PLAIN,
                                    name,
                                    "Ignored a packet from " + source + ": " + reason(reason)));
            case VrrpEffect.HeardUnknownRouter(var interfaceName, var source, int vrid) ->
                    List.of(unknownRouter(interfaceName, source, vrid));
            case VrrpEffect.Mismatch(var name, var source, var kind, var detail) ->
                    List.of(line(Gravity.NOTABLE, name, mismatch(kind, source, detail)));
        };
    }

    private static LogLine unknownRouter(String interfaceName, IpAddress source, int vrid) {
        String what =
                "Heard of the virtual router %d, which is not configured here, from %s"
                        .formatted(vrid, source);
        return line(Gravity.PLAIN, interfaceName, what);
    }

    private static List<LogLine> roleChanged(VrrpEffect.RoleChanged change) {
        Gravity gravity = gravity(change.to());
        LogLine entering = line(gravity, change.instance(), "Entering " + change.to() + " STATE");
        LogLine why =
                line(
                        Gravity.PLAIN,
                        change.instance(),
                        "It was "
                                + change.from()
                                + ", and changed because "
                                + because(change.cause())
                                + "; its priority is "
                                + change.priority());
        return List.of(entering, why);
    }

    private static Gravity gravity(Role role) {
        return switch (role) {
            case INIT, BACKUP, STOP, DELETED -> Gravity.PLAIN;
            case MASTER -> Gravity.NOTABLE;
            case FAULT -> Gravity.GRAVE;
        };
    }

    /// Ends the sentence that begins with "because".
    static String because(Cause cause) {
        return switch (cause) {
            case STARTED -> "it has just started";
            case OWNER -> "it owns its addresses (priority 255)";
            case MASTER_SILENT -> "no master was heard in time";
            case MASTER_RESIGNED -> "the master resigned";
            case OUTRANKED -> "another router ranks higher";
            case PREEMPTED_WEAKER -> "the master ranks lower";
            case FAULT_RAISED -> "something it depends on failed";
            case FAULTS_CLEARED -> "nothing it depends on fails any more";
            case SLEPT -> "it was silent so long that another may be master by now";
            case ADDRESS_TAKEN_AWAY -> "somebody else removed one of its addresses";
            case ROUTING_TAKEN_AWAY -> "somebody else removed one of its routes or rules";
            case GROUP -> "its sync group demands it";
            case RESPECIFIED -> "the configuration changed";
            case STOPPED -> "it was told to stop";
        };
    }

    private static LogLine faults(String name, List<FaultReason> reasons) {
        if (reasons.isEmpty()) {
            return line(Gravity.PLAIN, name, "All it depends on works");
        }
        return line(
                Gravity.NOTABLE,
                name,
                "Held in FAULT: "
                        + reasons.stream().map(VrrpLog::fault).collect(Collectors.joining("; ")));
    }

    static String fault(FaultReason reason) {
        String what = reason.what().isEmpty() ? "" : " " + reason.what();
        return switch (reason.kind()) {
            case INTERFACE_MISSING -> "interface" + what + " does not exist";
            case INTERFACE_DOWN -> "interface" + what + " is down";
            case NO_SOURCE_ADDRESS -> "interface" + what + " has no address to send from";
            case SOURCE_ADDRESS_MISSING -> "the source address" + what + " is on no interface";
            case NO_UNICAST_PEERS -> "there are no unicast peers";
            case SAME_ROUTER -> "instance" + what + " has its virtual router ID on the same wire";
            case TRACKED_INTERFACE -> "tracked interface" + what + " is down";
            case TRACKED_SCRIPT -> "script" + what + " fails";
            case STATIC_MISSING -> "a static route or rule of group" + what + " is missing";
            case SCRIPT_NOT_RUN_YET -> "script" + what + " has not run yet";
            case TRACKED_FILE -> "file" + what + " says so";
            case FILE_NOT_READ_YET -> "file" + what + " has not been read yet";
            case TRACKED_PROCESS -> "process" + what + " does not run in the right number";
            case TRACKED_SESSION -> "BFD session" + what + " is down";
            case PROCESSES_NOT_COUNTED_YET -> "process" + what + " has not been counted yet";
            case GROUP_MEMBER -> "group member" + what + " is in fault";
        };
    }

    /// `Quorum gained for tracked process NAME` and its sister are what monitoring searches for.
    private static LogLine processes(String process, boolean good, int count) {
        return new LogLine(
                good ? Gravity.PLAIN : Gravity.NOTABLE,
                "Quorum %s for tracked process %s: %d of them"
                        .formatted(good ? "gained" : "lost", process, count));
    }

    private static LogLine session(String session, boolean up) {
        return new LogLine(
                up ? Gravity.PLAIN : Gravity.NOTABLE,
                "Tracked BFD instance " + session + " is " + (up ? "UP" : "DOWN"));
    }

    private static String reason(DropReason reason) {
        return switch (reason) {
            case NOT_LISTENING -> "the instance does not listen now";
            case WRONG_LENGTH -> "its length does not fit its contents";
            case WRONG_TTL -> "its TTL says that it comes from too far away";
            case WRONG_VERSION -> "it has another protocol version";
            case TRAILER_MISSING -> "it has no trailer that says who made it";
            case TRAILER_MALFORMED -> "its trailer is of no known kind";
            case TRAILER_KEY_UNKNOWN -> "its trailer was made with a key that is not known here";
            case TRAILER_STALE -> "its trailer is too old, or from the future";
            case TRAILER_FORGED -> "whoever made its trailer does not know the key";
            case TRAILER_REPLAYED -> "its trailer has been used before";
            case WRONG_AUTH_TYPE -> "its kind of authentication is not known";
            case AUTH_TYPE_MISMATCH -> "it uses another kind of authentication";
            case AUTH_FAILURE -> "its password is wrong";
            case REPLAYED -> "its sequence number has been used before";
            case WRONG_INTERVAL -> "its advert interval is not ours";
            case WRONG_TYPE -> "it is not an advert";
            case NO_ADDRESSES -> "it names no addresses";
            case WRONG_CHECKSUM -> "its checksum is wrong";
            case WRONG_TRANSPORT -> "it was multicast and we use unicast, or the reverse";
            case OWNER_IGNORES -> "an owner of addresses listens to nobody";
            case UNKNOWN_PEER -> "its sender is not one of the unicast peers";
        };
    }

    private static String mismatch(VrrpEffect.Mismatch.Kind kind, IpAddress source, String detail) {
        String what =
                switch (kind) {
                    case INTERVAL -> "has another advert interval";
                    case ADDRESS_COUNT -> "has another number of virtual addresses";
                    case ADDRESSES -> "has other virtual addresses";
                    case SAME_ADDRESS_AS_OURS -> "uses our own address";
                    case CLOCK -> "has another time of day, and will not be believed for long";
                };
        return "Master " + source + " " + what + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static String list(List<VirtualAddress> addresses) {
        return addresses.stream()
                .map(address -> address.prefix() + " on " + address.interfaceName())
                .collect(Collectors.joining(", "));
    }

    private static String routing(List<Routing> routing) {
        return routing.stream().map(RoutingText::named).collect(Collectors.joining(", "));
    }

    private static LogLine detail(String name, String text) {
        return line(Gravity.DETAIL, name, text);
    }

    private static LogLine line(Gravity gravity, String name, String text) {
        // What is static belongs to no instance.
        return new LogLine(gravity, name.isEmpty() ? text : "(" + name + ") " + text);
    }
}
