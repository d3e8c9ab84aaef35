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
import holdfast.vrrp.NdiscCodec;
import holdfast.vrrp.VirtualAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Tells neighbours and switches where addresses are: gratuitous ARP, unsolicited NA.
///
/// Confined to one thread.
final class AnnounceActuator implements AutoCloseable {

    private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");

    /// Where all nodes of IPv6 listen (RFC 2464, section 7).
    private static final MacAddress ALL_NODES = new MacAddress(0x3333_0000_0001L);

    private final Reporter reporter;
    private final LinkTable links;
    private final PacketSocket socket;

    /// Interfaces on which the last message could not be sent; said once each.
    private final Set<String> failing = new HashSet<>();

    AnnounceActuator(Reporter reporter, LinkTable links) throws SyscallException {
        this.reporter = reporter;
        this.links = links;
        this.socket = PacketSocket.open();
    }

    /// Sends one message.
    void announce(VirtualAddress address) {
        links.link(address.interfaceName()).ifPresent(link -> announce(link, address));
    }

    private void announce(Link link, VirtualAddress address) {
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

    static byte[] frame(MacAddress mac, IpAddress address, boolean router) {
        return switch (address) {
            case Ipv4Address inet -> ArpCodec.gratuitous(mac, inet);
            case Ipv6Address inet6 -> NdiscCodec.unsolicitedFrame(mac, inet6, router);
        };
    }

    private void send(Link link, MacAddress destination, byte[] frame) {
        long result = socket.send(link.index(), destination, ByteBuffer.wrap(frame));
        if (result >= 0) {
            failing.remove(link.name());
        } else if (failing.add(link.name())) {
            reporter.log(
                    Level.WARNING,
                    "Cannot announce addresses on " + link.name() + ": " + Errno.describe(result));
        }
    }

    private static boolean isRouter(String interfaceName) {
        return forwards("all") || forwards(interfaceName);
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
    }
}
