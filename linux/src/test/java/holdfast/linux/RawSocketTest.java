package holdfast.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.MacAddress;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawSocketTest {

    private static final IpAddress GROUP4 = address("224.0.0.18");
    private static final IpAddress GROUP6 = address("ff02::12");
    private static final IpAddress LEFT4 = address("192.0.2.1");
    private static final IpAddress RIGHT4 = address("192.0.2.2");
    private static final IpAddress LEFT6 = address("fe80::1");

    // Conforms: 9568-ttl-sent, 9568-protocol, 9568-group4, 3768-ttl-sent, 3768-protocol,
    // 3768-group
    @Test
    void multicastGoesThroughTheCableWithItsTtlAndSource() throws Exception {
        List<Netns> pair = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        try (RawSocket left = open(pair.get(0), GROUP4);
                RawSocket right = open(pair.get(1), GROUP4)) {
            assertEquals(5, left.send(LEFT4, GROUP4, 255, bytes("hello")));
            List<String> heard = hear(right, 1);
            assertEquals(List.of("192.0.2.1 > 224.0.0.18 ttl 255: hello"), heard);
        } finally {
            pair.forEach(Netns::close);
        }
    }

    // Conforms: 9568-protocol, 9568-hops-sent, 9568-group6
    @Test
    void multicastOverIpv6GoesThroughTheCableToo() throws Exception {
        List<Netns> pair = Netns.pair("fe80::1/64", "fe80::2/64");
        try (RawSocket left = open(pair.get(0), GROUP6);
                RawSocket right = open(pair.get(1), GROUP6)) {
            assertEquals(5, left.send(LEFT6, GROUP6, 255, bytes("hello")));
            List<String> heard = hear(right, 1);
            assertEquals(List.of("fe80::1 > ff02::12 ttl 255: hello"), heard);
        } finally {
            pair.forEach(Netns::close);
        }
    }

    @Test
    void aBatchBringsManyAndTheRestComesNext() throws Exception {
        List<Netns> pair = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        try (RawSocket left = open(pair.get(0), GROUP4);
                RawSocket right = open(pair.get(1), GROUP4);
                ReceiveBatch batch = new ReceiveBatch(8, 512)) {
            for (int i = 0; i < 10; i++) {
                left.send(LEFT4, GROUP4, 255, bytes("m" + i));
            }
            List<String> heard = new ArrayList<>();
            while (heard.size() < 10) {
                int before = heard.size();
                int count = right.receive(batch, datagram -> heard.add(text(datagram.payload())));
                assertTrue(count <= 8 && (count > 0 || Errno.EAGAIN.is(count)));
                assertEquals(before + Math.max(0, count), heard.size());
            }
            assertEquals("m0 m1 m2 m3 m4 m5 m6 m7 m8 m9", String.join(" ", heard));
        } finally {
            pair.forEach(Netns::close);
        }
    }

    @Test
    void unicastHearsOnlyItsOwnAddressAndAMulticastSocketOnlyItsGroup() throws Exception {
        List<Netns> pair = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        RawSocket.Spec unicast = RawSocket.Spec.unicast(RawSocket.VRRP, RIGHT4);
        RawSocket.Spec sender = RawSocket.Spec.sender(Family.INET, RawSocket.VRRP);
        try (RawSocket left = pair.get(0).in(() -> RawSocket.open(sender));
                RawSocket own = pair.get(1).in(() -> RawSocket.open(unicast));
                RawSocket group = open(pair.get(1), GROUP4)) {
            int eth = pair.get(0).in(() -> Interfaces.index("eth").orElseThrow());
            assertEquals(7, left.send(LEFT4, RIGHT4, 0, 64, bytes("unicast")));
            assertEquals(9, left.send(LEFT4, GROUP4, eth, 255, bytes("multicast")));
            assertEquals(List.of("192.0.2.1 > 192.0.2.2 ttl 64: unicast"), hear(own, 1));
            assertEquals(List.of("192.0.2.1 > 224.0.0.18 ttl 255: multicast"), hear(group, 1));
        } finally {
            pair.forEach(Netns::close);
        }
    }

    @Test
    void aSourceThatIsNotOursIsRefusedByTheKernel() throws Exception {
        List<Netns> pair = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        try (RawSocket left = open(pair.get(0), GROUP4)) {
            long result = left.send(address("192.0.2.77"), GROUP4, 255, bytes("liar"));
            assertTrue(result < 0);
        } finally {
            pair.forEach(Netns::close);
        }
    }

    @Test
    void anInterfaceThatIsNotThereIsAnError() throws Exception {
        try (Netns netns = new Netns()) {
            RawSocket.Spec spec = RawSocket.Spec.multicast(RawSocket.VRRP, 77, "gone0", GROUP4);
            SyscallException thrown =
                    netns.in(
                            () -> assertThrows(SyscallException.class, () -> RawSocket.open(spec)));
            assertEquals(
                    "cannot bind to interface gone0: no such interface or device (ENODEV)",
                    thrown.getMessage());
        }
    }

    @Test
    void aFrameReachesTheOtherEndAsItWasMade() throws Exception {
        List<Netns> pair = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        try (PacketSocket left = pair.get(0).in(PacketSocket::open)) {
            int eth = pair.get(0).in(() -> Interfaces.index("eth").orElseThrow());
            ByteBuffer arp = ByteBuffer.allocate(42);
            arp.put(MacAddress.BROADCAST.octets()).put(new MacAddress(0x020000000009L).octets());
            arp.putShort((short) 0x0806).putShort((short) 1).putShort((short) 0x0800);
            arp.put((byte) 6).put((byte) 4).putShort((short) 1);
            arp.put(new MacAddress(0x020000000009L).octets()).put(address("192.0.2.9").octets());
            arp.put(new byte[6]).put(address("192.0.2.9").octets()).flip();
            pair.get(1).ip("neigh add 192.0.2.9 lladdr 02:00:00:00:00:01 nud stale dev eth");
            assertEquals(42, left.send(eth, MacAddress.BROADCAST, arp));
            pair.get(1).in(() -> untilNeighbourIs("02:00:00:00:00:09"));
            try (PacketSocket packets = pair.get(0).in(PacketSocket::forPackets)) {
                pair.get(1)
                        .ip("neigh replace 192.0.2.9 lladdr 02:00:00:00:00:01 nud stale dev eth");
                ByteBuffer packet = arp.slice(14, 28);
                byte[] everybody = MacAddress.BROADCAST.octets();
                assertEquals(28, packets.sendPacket(eth, 0x0806, everybody, packet));
                pair.get(1).in(() -> untilNeighbourIs("02:00:00:00:00:09"));
            }
        } finally {
            pair.forEach(Netns::close);
        }
    }

    /// A gratuitous ARP changes what the neighbour believes; it does so before the next command.
    private static boolean untilNeighbourIs(String mac) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            Process ip = new ProcessBuilder("ip", "neigh", "show", "192.0.2.9").start();
            if (new String(ip.getInputStream().readAllBytes(), UTF_8).contains(mac)) {
                return true;
            }
        }
        throw new AssertionError("the neighbour still believes another MAC");
    }

    private static RawSocket open(Netns netns, IpAddress group) throws Exception {
        return netns.in(
                () ->
                        RawSocket.open(
                                RawSocket.Spec.multicast(
                                        RawSocket.VRRP,
                                        Interfaces.index("eth").orElseThrow(),
                                        "eth",
                                        group)));
    }

    /// What a socket hears until it has heard so much, and whatever else is there by then.
    private static List<String> hear(RawSocket socket, int count) throws Exception {
        List<String> heard = new ArrayList<>();
        Limit limit = new Limit(new MonoTime(System.nanoTime()).plus(Duration.ofSeconds(5)));
        try (ReceiveBatch batch = new ReceiveBatch(4, 1500);
                EventLoop loop = new EventLoop(limit)) {
            loop.watch(
                    socket.fd(),
                    now -> {
                        socket.receive(batch, datagram -> heard.add(describe(datagram)));
                        if (heard.size() >= count) {
                            loop.stop();
                        }
                    });
            loop.run();
        }
        return heard;
    }

    private record Limit(MonoTime deadline) implements EventLoop.Ticker {
        @Override
        public void onDeadline(MonoTime now) {
            throw new AssertionError("nothing heard");
        }
    }

    private static String describe(Datagram datagram) {
        return "%s > %s ttl %d: %s"
                .formatted(
                        datagram.source(),
                        datagram.destination(),
                        datagram.hopLimit(),
                        text(datagram.payload()));
    }

    private static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return new String(bytes, UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
