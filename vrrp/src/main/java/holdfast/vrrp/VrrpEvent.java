package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.wire.Datagram;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that can happen to the virtual routers of a host. All may repeat harmlessly.
public sealed interface VrrpEvent {

    /// A deadline has come; early, late, or repeated ones do no harm.
    record DeadlineReached() implements VrrpEvent {}

    /// A VRRP packet on an interface.
    ///
    /// @param interfaceName where it came in; empty for an instance without one
    record PacketReceived(String interfaceName, Datagram datagram) implements VrrpEvent {}

    /// The whole truth about one interface, said at start and whenever it changed.
    ///
    /// @param up whether it is administratively up and has carrier
    /// @param addresses all addresses now on it, ours too, in kernel order
    /// @param base the interface whose frames it sends and hears, if it sits on one
    record LinkIs(
            String name,
            boolean up,
            int mtu,
            MacAddress mac,
            List<IpPrefix> addresses,
            Optional<String> base)
            implements VrrpEvent {

        public LinkIs {
            addresses = List.copyOf(addresses);
        }

        /// One that sits on no other.
        public LinkIs(String name, boolean up, int mtu, MacAddress mac, List<IpPrefix> addresses) {
            this(name, up, mtu, mac, addresses, Optional.empty());
        }
    }

    /// There is no interface of this name now.
    ///
    /// Also said at start and after [Respecified] of each interface that the orders name and the
    /// host lacks: a router takes no role before it has heard of its own interface and of all it
    /// tracks.
    record LinkGone(String name) implements VrrpEvent {}

    /// Somebody else took a virtual address off its interface.
    record AddressTakenAway(String interfaceName, IpAddress address) implements VrrpEvent {}

    /// Somebody else removed a route or rule that was claimed.
    record RoutingTakenAway(Routing routing) implements VrrpEvent {}

    /// A claim of a static route or rule was carried out, or could not be.
    record StaticPlaced(Routing routing, boolean placed) implements VrrpEvent {}

    /// A tracked script ended.
    ///
    /// @param run the number that [VrrpEffect.RunScript] carried
    record ScriptFinished(String script, long run, boolean success) implements VrrpEvent {}

    /// A tracked script takes longer than it may; [ScriptFinished] still comes when it ended.
    record ScriptOverdue(String script, long run) implements VrrpEvent {}

    /// What a tracked file says, said at start and whenever it changed. One that is missing says 0.
    record FileSays(String file, int value) implements VrrpEvent {}

    /// How many processes of a tracked kind run, said at start and whenever it changed.
    record ProcessesCounted(String process, int count) implements VrrpEvent {}

    /// How a session of BFD is, said at start and whenever it changed. One that was not heard of is
    /// down.
    record SessionIs(String session, boolean up) implements VrrpEvent {}

    /// New orders: the difference is carried out, and what is the same is not touched.
    record Respecified(NodeSpec next) implements VrrpEvent {}

    /// What the time of day is. Said before every other event while [VrrpNode#needsWallClock]; it
    /// may jump.
    record WallClockIs(Instant time) implements VrrpEvent {}

    /// Resign everything, for good.
    record StopRequested() implements VrrpEvent {}
}
