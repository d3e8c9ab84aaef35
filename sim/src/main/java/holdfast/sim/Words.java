package holdfast.sim;

import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import java.util.List;
import java.util.stream.Collectors;

/// One line for one event and what it led to.
final class Words {

    private static final int PRIORITY_AT = 2;
    private static final int VRID_AT = 1;

    private Words() {}

    static String of(String router, VrrpEvent event, List<VrrpEffect> effects) {
        return "%s %s%s"
                .formatted(
                        router,
                        of(event),
                        effects.isEmpty()
                                ? ""
                                : effects.stream()
                                        .map(Words::of)
                                        .collect(Collectors.joining(", ", " -> ", "")));
    }

    private static String of(VrrpEvent event) {
        return switch (event) {
            case VrrpEvent.PacketReceived(var interfaceName, var datagram) ->
                    "%s hears vrid %d prio %d of %s"
                            .formatted(
                                    interfaceName,
                                    datagram.payload().get(VRID_AT) & 0xff,
                                    datagram.payload().get(PRIORITY_AT) & 0xff,
                                    datagram.source());
            case VrrpEvent.LinkIs link ->
                    "%s is %s %s"
                            .formatted(link.name(), link.up() ? "up" : "down", link.addresses());
            case VrrpEvent.Respecified _ -> "reloads";
            case VrrpEvent.DeadlineReached _,
                    VrrpEvent.LinkGone _,
                    VrrpEvent.AddressTakenAway _,
                    VrrpEvent.RoutingTakenAway _,
                    VrrpEvent.StaticPlaced _,
                    VrrpEvent.ScriptFinished _,
                    VrrpEvent.WallClockIs _,
                    VrrpEvent.ScriptOverdue _,
                    VrrpEvent.FileSays _,
                    VrrpEvent.ProcessesCounted _,
                    VrrpEvent.SessionIs _,
                    VrrpEvent.StopRequested _ ->
                    event.toString();
        };
    }

    private static String of(VrrpEffect effect) {
        return switch (effect) {
            case VrrpEffect.SendPacket(var instance, _, var to, _, var message) ->
                    "send %s prio %d to %s".formatted(instance, message[PRIORITY_AT] & 0xff, to);
            case VrrpEffect.ClaimAddresses(var instance, var addresses) ->
                    "claim %s x%d".formatted(instance, addresses.size());
            case VrrpEffect.ReleaseAddresses(var instance, var addresses) ->
                    "release %s x%d".formatted(instance, addresses.size());
            case VrrpEffect.BlockAddresses(var instance, var addresses) ->
                    "block %s x%d".formatted(instance, addresses.size());
            case VrrpEffect.UnblockAddresses(var instance, var addresses) ->
                    "unblock %s x%d".formatted(instance, addresses.size());
            case VrrpEffect.ClaimRouting(var instance, var routing) ->
                    "route %s x%d".formatted(instance, routing.size());
            case VrrpEffect.ReleaseRouting(var instance, var routing) ->
                    "unroute %s x%d".formatted(instance, routing.size());
            case VrrpEffect.AnnounceAddresses(var instance, var addresses) ->
                    "announce %s x%d".formatted(instance, addresses.size());
            case VrrpEffect.RoleChanged(var instance, var from, var to, var cause, int priority) ->
                    "%s %s to %s %s %d".formatted(instance, from, to, cause, priority);
            case VrrpEffect.RunScript(var script, long run, _, _) -> "run " + script + " " + run;
            case VrrpEffect.Fact _ -> effect.toString();
        };
    }
}
