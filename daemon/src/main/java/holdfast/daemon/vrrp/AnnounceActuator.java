package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.PacketSocket;
import holdfast.linux.SyscallException;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.net.MacAddress;
import holdfast.netlink.rt.Link;
import holdfast.vrrp.ArpCodec;
import holdfast.vrrp.InfinibandCodec;
import holdfast.vrrp.NdiscCodec;
import holdfast.vrrp.VirtualAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells neighbours and switches where addresses are: gratuitous ARP, unsolicited NA.
///
/// Confined to one thread.
final class AnnounceActuator implements AutoCloseable {

    private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");

    /// Where all nodes of IPv6 listen (RFC 2464, section 7).
    private static final MacAddress ALL_NODES = new MacAddress(0x3333_0000_0001L);

    private static final int ETH_P_ARP = 0x0806;
    private static final int ETH_P_IPV6 = 0x86dd;

    private final Reporter reporter;
    private final LinkTable links;
    private final PacketSocket socket;

    /// For links whose headers the kernel makes; opened with the first of them.
    private @Nullable PacketSocket packets;

    /// On which interfaces this host forwards, looked up once for all that is sent together.
    private final Map<String, Boolean> routers = new HashMap<>();

    /// Interfaces on which the last message could not be sent; said once each.
    private final Set<String> failing = new HashSet<>();

    AnnounceActuator(Reporter reporter, LinkTable links) throws SyscallException {
        this.reporter = reporter;
        this.links = links;
        this.socket = PacketSocket.open();
    }

    /// Sends one message for each address.
    void announce(List<VirtualAddress> addresses) {
        routers.clear();
        for (VirtualAddress address : addresses) {
            links.link(address.interfaceName()).ifPresent(link -> announce(link, address));
        }
    }

    private void announce(Link link, VirtualAddress address) {
        if (link.infiniband().isPresent()) {
            announce(link, link.infiniband().get(), address.address());
            return;
        }
        if (link.mac().isEmpty()) {
            return;
        }
        MacAddress mac = link.mac().get();
        boolean speaksArp = (link.flags() & Link.IFF_NOARP) == 0;
        switch (address.address()) {
            case Ipv4Address _ when !speaksArp -> {}
            case Ipv4Address inet -> send(link, MacAddress.BROADCAST, frame(mac, inet, false));
            case Ipv6Address inet6 ->
                    send(link, ALL_NODES, frame(mac, inet6, isRouter(link.name())));
        }
    }

    private void announce(Link link, Link.Infiniband addresses, IpAddress address) {
        byte[] own = HexFormat.of().parseHex(addresses.own());
        byte[] broadcast = HexFormat.of().parseHex(addresses.broadcast());
        switch (address) {
            case Ipv4Address inet ->
                    send(
                            link,
                            ETH_P_ARP,
                            broadcast,
                            InfinibandCodec.gratuitous(own, broadcast, inet));
            case Ipv6Address inet6 ->
                    send(
                            link,
                            ETH_P_IPV6,
                            InfinibandCodec.allNodes(broadcast),
                            InfinibandCodec.unsolicited(own, inet6, isRouter(link.name())));
        }
    }

    static byte[] frame(MacAddress mac, IpAddress address, boolean router) {
        return switch (address) {
            case Ipv4Address inet -> ArpCodec.gratuitous(mac, inet);
            case Ipv6Address inet6 -> NdiscCodec.unsolicitedFrame(mac, inet6, router);
        };
    }

    private void send(Link link, MacAddress destination, byte[] frame) {
        judge(link, socket.send(link.index(), destination, ByteBuffer.wrap(frame)));
    }

    private void send(Link link, int protocol, byte[] destination, byte[] packet) {
        try {
            PacketSocket open = packets;
            if (open == null) {
                open = PacketSocket.forPackets();
                packets = open;
            }
            ByteBuffer bytes = ByteBuffer.wrap(packet);
            judge(link, open.sendPacket(link.index(), protocol, destination, bytes));
        } catch (SyscallException e) {
            complain(link, String.valueOf(e.getMessage()));
        }
    }

    private void judge(Link link, long result) {
        if (result >= 0) {
            failing.remove(link.name());
        } else {
            complain(link, Errno.describe(result));
        }
    }

    private void complain(Link link, String words) {
        if (failing.add(link.name())) {
            reporter.log(
                    Level.WARNING, "Cannot announce addresses on " + link.name() + ": " + words);
        }
    }

    private boolean isRouter(String interfaceName) {
        return routers.computeIfAbsent(interfaceName, name -> forwards("all") || forwards(name));
    }

    private static boolean forwards(String name) {
        try {
            return !Files.readString(IPV6.resolve(name).resolve("forwarding")).startsWith("0");
        } catch (IOException e) {
            return false; // no IPv6 there
        }
    }

    @Override
    public void close() {
        socket.close();
        if (packets != null) {
            packets.close();
        }
    }
}
