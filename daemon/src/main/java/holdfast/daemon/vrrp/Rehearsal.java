package holdfast.daemon.vrrp;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.net.MacAddress;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.rt.AddressCodec;
import holdfast.report.VrrpLog;
import holdfast.time.MonoTime;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Place;
import holdfast.vrrp.Role;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpNode;
import holdfast.vrrp.VrrpSpec;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A takeover between two nodes that exist only here, played before a real one matters.
///
/// What the JVM makes at first use (the code behind pattern switches, comparisons of records,
/// encoders) takes it tens of milliseconds. Played once while the role starts, that is no part of
/// the first real takeover. Nothing of it reaches a socket, a log, or a script.
final class Rehearsal {

    private static final int STEPS_MAX = 40;
    private static final String NOWHERE = "lo";
    private static final int MTU = 1500;
    private static final MacAddress MAC = new MacAddress(0x0200_0000_0001L);

    private final MessageWriter orders = new MessageWriter();
    private final List<VrrpNode> nodes = new ArrayList<>();
    private int takeovers;

    private Rehearsal() {}

    /// Plays a takeover for each kind of instance that the orders have.
    ///
    /// @return how often somebody became master
    static int play(NodeSpec spec, MonoTime now) {
        int takeovers = 0;
        Set<List<Object>> played = new HashSet<>();
        for (VrrpSpec instance : spec.instances()) {
            List<Object> kind =
                    List.of(
                            instance.version(),
                            instance.family(),
                            instance.transport().getClass(),
                            instance.authentication().getClass());
            if (played.add(kind)) {
                takeovers += new Rehearsal().play(alone(instance), now);
            }
        }
        return takeovers;
    }

    private int play(VrrpSpec spec, MonoTime start) {
        NodeSpec orderedTwice = new NodeSpec(List.of(spec), List.of(), List.of(), Duration.ZERO);
        for (int host = 1; host <= 2; host++) {
            VrrpNode node = new VrrpNode(orderedTwice, start);
            nodes.add(node);
            happened(node, start, link(spec, host));
        }
        MonoTime now = start;
        for (int step = 0; step < STEPS_MAX && !nodes.isEmpty(); step++) {
            VrrpNode next = nodes.getFirst();
            for (VrrpNode node : nodes) {
                next = node.deadline().isAfter(next.deadline()) ? next : node;
            }
            now = next.deadline();
            happened(next, now, new VrrpEvent.DeadlineReached());
            if (step == STEPS_MAX / 2 && next.status().getFirst().role() == Role.MASTER) {
                happened(next, now, new VrrpEvent.StopRequested());
                nodes.remove(next);
            }
        }
        return takeovers;
    }

    private void happened(VrrpNode node, MonoTime now, VrrpEvent event) {
        for (VrrpEffect effect : node.on(now, event)) {
            switch (effect) {
                case VrrpEffect.SendPacket packet -> deliver(node, now, packet);
                case VrrpEffect.ClaimAddresses(_, var addresses) -> addresses.forEach(this::claim);
                case VrrpEffect.AnnounceAddresses(_, var addresses) ->
                        addresses.forEach(one -> AnnounceActuator.frame(MAC, one.address(), false));
                case VrrpEffect.BlockAddresses _,
                        VrrpEffect.UnblockAddresses _,
                        VrrpEffect.ReleaseAddresses _,
                        VrrpEffect.ClaimRouting _,
                        VrrpEffect.ReleaseRouting _,
                        VrrpEffect.RunScript _ -> {}
                case VrrpEffect.RoleChanged changed -> {
                    takeovers += changed.to() == Role.MASTER ? 1 : 0;
                    VrrpLog.of(changed);
                }
                case VrrpEffect.Fact _ -> VrrpLog.of(effect);
            }
        }
    }

    private void deliver(VrrpNode sender, MonoTime now, VrrpEffect.SendPacket packet) {
        String where = sender.spec().instances().getFirst().interfaceName().orElse(NOWHERE);
        for (VrrpNode node : List.copyOf(nodes)) {
            if (node != sender) {
                ByteBuffer payload = ByteBuffer.wrap(packet.message().clone());
                Datagram datagram =
                        new Datagram(packet.source(), packet.destination(), 255, payload);
                happened(node, now, new VrrpEvent.PacketReceived(where, datagram));
            }
        }
    }

    private void claim(VirtualAddress address) {
        AddressCodec.add(orders, 1, AddressActuator.made(1, address));
        orders.batch();
        orders.clear();
    }

    private static VrrpEvent link(VrrpSpec spec, int host) {
        IpAddress address =
                switch (spec.family()) {
                    case INET -> Ipv4Address.of(192, 0, 2, host);
                    case INET6 -> new Ipv6Address(0xfe80_0000_0000_0000L, host);
                };
        return new VrrpEvent.LinkIs(
                spec.interfaceName().orElse(NOWHERE),
                true,
                MTU,
                MAC,
                List.of(new IpPrefix(address, 24)));
    }

    /// The same instance without ties to a host: its source is the interface's own.
    private static VrrpSpec alone(VrrpSpec spec) {
        return spec.draft()
                .place(Place.on(spec.place().device().orElse(NOWHERE)))
                .source(Optional.empty())
                .tracking(Tracking.NOTHING)
                .done();
    }
}
