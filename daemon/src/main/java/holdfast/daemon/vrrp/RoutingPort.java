package holdfast.daemon.vrrp;

import holdfast.config.HouseSpec.BufferSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.Fd;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Family;
import holdfast.netlink.Message;
import holdfast.netlink.rt.RtGroup;
import holdfast.netlink.rt.RtNotice;
import holdfast.routing.RouteTraits;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import holdfast.vrrp.VrrpSpec;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears of routes and rules that bear our mark; listens only where orders have something to lose,
/// since a host may have very many routes. Confined to one thread.
final class RoutingPort implements AutoCloseable {

    /// Datagrams in a turn; a routing daemon may say much more than matters to us.
    private static final int READS_MAX = 1000;

    /// Where a message of a route says who made it (struct nlmsghdr, then struct rtmsg).
    private static final int TYPE_AT = 4;

    private static final int PROTOCOL_AT = 16 + 5;

    private final Reporter reporter;
    private final BufferSpec buffers;
    private final Set<RtGroup> joined = EnumSet.noneOf(RtGroup.class);
    private @Nullable NetlinkSocket socket;

    RoutingPort(Reporter reporter, BufferSpec buffers) {
        this.reporter = reporter;
        this.buffers = buffers;
    }

    /// Listens for what the orders have.
    ///
    /// @return a descriptor to watch, if it is new
    Optional<Fd> follow(NodeSpec spec) throws SyscallException {
        Set<RtGroup> wanted = EnumSet.noneOf(RtGroup.class);
        for (VrrpSpec instance : spec.instances()) {
            instance.routing().forEach(one -> want(one, wanted));
        }
        spec.statics().routing().forEach(one -> want(one, wanted));
        wanted.removeAll(joined);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        boolean first = socket == null;
        NetlinkSocket open = socket == null ? open() : socket;
        for (RtGroup group : wanted) {
            open.join(group.number());
            joined.add(group);
        }
        return first ? Optional.of(open.fd()) : Optional.empty();
    }

    private NetlinkSocket open() throws SyscallException {
        NetlinkSocket made = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE);
        socket = made;
        LinkPort.makeRoom(made, buffers);
        return made;
    }

    private static void want(Routing routing, Set<RtGroup> wanted) {
        if (!routing.tracked()) {
            return;
        }
        wanted.add(
                switch (routing) {
                    case RouteSpec route ->
                            route.destination().address().family() == Family.INET
                                    ? RtGroup.IPV4_ROUTE
                                    : RtGroup.IPV6_ROUTE;
                    case RuleSpec rule ->
                            rule.rule().family() == Family.INET
                                    ? RtGroup.IPV4_RULE
                                    : RtGroup.IPV6_RULE;
                });
    }

    /// Takes in what the kernel said since the last time.
    ///
    /// @return whether notices were lost
    boolean read(Consumer<RtNotice> listener) {
        NetlinkSocket open = socket;
        boolean lost = false;
        for (int i = 0; open != null && i < READS_MAX; i++) {
            long result = open.receive();
            if (Errno.EAGAIN.is(result)) {
                break;
            }
            if (result < 0 && !Errno.EINTR.is(result)) {
                reporter.log(
                        Level.WARNING,
                        "Looks after all routes and rules, having heard: "
                                + Errno.describe(result));
                lost = true;
            } else if (result > 0 && isOurs(open.received())) {
                for (Message message : Message.in(open.received())) {
                    RtNotice.of(message).ifPresent(listener);
                }
            }
        }
        return lost;
    }

    /// Looks at what matters before anything is decoded: most routes are of others.
    private static boolean isOurs(ByteBuffer datagram) {
        if (datagram.remaining() <= PROTOCOL_AT) {
            return false;
        }
        int type = datagram.getShort(datagram.position() + TYPE_AT);
        boolean route = type == RtNotice.RTM_NEWROUTE || type == RtNotice.RTM_DELROUTE;
        int protocol = datagram.get(datagram.position() + PROTOCOL_AT) & 0xff;
        return !route || protocol == RouteTraits.RTPROT_KEEPALIVED;
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
