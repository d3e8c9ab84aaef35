package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.List;

/// Everything the virtual routers can ask of the world. Carried out in order.
public sealed interface VrrpEffect {

    /// Something to be done to the world.
    sealed interface Deed extends VrrpEffect {}

    /// Something that happened, for people and programs.
    sealed interface Fact extends VrrpEffect {}

    /// Send a finished VRRP message from the instance's socket.
    ///
    /// @param message the IP payload, which begins with an authentication header if the instance
    ///     uses one; the IP header is the socket's business
    record SendPacket(
            String instance, IpAddress source, IpAddress destination, int ttl, byte[] message)
            implements Deed {}

    /// Drop packets to the addresses and from them, except what finds neighbours of IPv6. Comes
    /// before [ClaimAddresses], so that there is no moment in which they are accepted.
    record BlockAddresses(String instance, List<VirtualAddress> addresses) implements Deed {}

    /// The end of [BlockAddresses].
    record UnblockAddresses(String instance, List<VirtualAddress> addresses) implements Deed {}

    /// Put the addresses on their interfaces. Those already there are adopted.
    ///
    /// @param instance empty for static ones
    record ClaimAddresses(String instance, List<VirtualAddress> addresses) implements Deed {}

    /// Take the addresses off their interfaces. Those already gone are fine.
    ///
    /// @param instance empty for static ones
    record ReleaseAddresses(String instance, List<VirtualAddress> addresses) implements Deed {}

    /// Put routes and rules in place, in this order. Those already there are adopted.
    ///
    /// @param instance empty for static ones; what becomes of those is said by
    ///     [VrrpEvent.StaticPlaced]
    record ClaimRouting(String instance, List<Routing> routing) implements Deed {}

    /// Take routes and rules away, in this order. Those already gone are fine.
    ///
    /// @param instance empty for static ones
    record ReleaseRouting(String instance, List<Routing> routing) implements Deed {}

    /// One gratuitous ARP or unsolicited NA for each address, now.
    record AnnounceAddresses(String instance, List<VirtualAddress> addresses) implements Deed {}

    /// Start a tracked script; kill its process group after `timeout`.
    record RunScript(String script, long run, TrackScriptSpec spec, Duration timeout)
            implements Deed {}

    /// @param priority the effective priority now
    record RoleChanged(String instance, Role from, Role to, Cause cause, int priority)
            implements Fact {}

    record GroupRoleChanged(String group, Role from, Role to) implements Fact {}

    record PriorityChanged(String instance, Role role, int from, int to) implements Fact {}

    /// The reasons that keep an instance in FAULT changed; empty when it is free again.
    record FaultsChanged(String instance, List<FaultReason> reasons) implements Fact {}

    /// A master heard a weaker one.
    record HeardWeaker(String instance, IpAddress source, int priority) implements Fact {}

    /// A tracked script turned good or bad.
    record ScriptTurned(String script, boolean good) implements Fact {}

    /// A tracked file says something else than before.
    record FileChanged(String file, int value) implements Fact {}

    /// The number of tracked processes is right now, or wrong.
    record ProcessesTurned(String process, boolean good, int count) implements Fact {}

    /// A tracked session of BFD came up, or went down.
    record SessionTurned(String session, boolean up) implements Fact {}

    /// A received packet was ignored: each reason is said once in a state, and for each master.
    record PacketDropped(String instance, IpAddress source, DropReason reason) implements Fact {}

    /// An advert came for a virtual router that nobody here is: said once for each.
    record HeardUnknownRouter(String interfaceName, IpAddress source, int vrid) implements Fact {}

    /// Two things that should agree do not, though the packet counts: said once per master.
    record Mismatch(String instance, IpAddress source, Kind kind, String detail) implements Fact {
        public enum Kind {
            INTERVAL,
            ADDRESS_COUNT,
            ADDRESSES,
            SAME_ADDRESS_AS_OURS,
            CLOCK
        }
    }
}
