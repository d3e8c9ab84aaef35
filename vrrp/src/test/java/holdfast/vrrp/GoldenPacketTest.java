package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.net.MacAddress;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Bytes as a packaged router puts them on the wire, recorded on a veth pair; ours are the same.
class GoldenPacketTest {

    private static final IpAddress SENDER = Specs.ip("192.0.2.1");
    private static final IpAddress SENDER6 = Specs.ip("fe80::ff:fe00:a");
    private static final Authentication PASSWORD =
            new Authentication.Password(new byte[] {'s', '3', 'c', 'r', 'e', 't'});
    private static final MacAddress MAC = new MacAddress(0x0200_0000_000aL);

    private static final VrrpSpec WITH_PASSWORD =
            Specs.v2(150)
                    .named("a", 51, "eth0")
                    .with(PASSWORD)
                    .with(addresses("192.0.2.100", "192.0.2.101"))
                    .spec();
    private static final VrrpSpec IPV6 =
            Specs.v3(99)
                    .named("a", 54, "eth0")
                    .with(new Transport.Multicast(Specs.GROUP6), Optional.empty(), Family.INET6)
                    .with(addresses("fe80::100", "2001:db8::100"))
                    .spec();

    // Conforms: 3768-vrid, 3768-version, 3768-count, 3768-checksum, 3768-addresses
    @Test
    void version2WithAPassword() {
        assertSends(
                "21339602010186e4c0000264c00002657333637265740000",
                AdvertCodec.encode(WITH_PASSWORD, 150, SENDER, Specs.GROUP4));
    }

    @Test
    void version2ResignationWithAPassword() {
        assertSends(
                "2133000201011ce5c0000264c00002657333637265740000",
                AdvertCodec.encode(WITH_PASSWORD, 0, SENDER, Specs.GROUP4));
    }

    // Conforms: 3768-interval, 3768-authentication-zero
    @Test
    void version2WithoutAuthenticationStillCarriesItsEightOctets() {
        VrrpSpec spec =
                Specs.v2(150)
                        .named("a", 52, "eth0")
                        .with(new Timing(Duration.ofSeconds(2), 3))
                        .with(addresses("192.0.2.110"))
                        .spec();

        assertSends(
                "2134960100028659c000026e0000000000000000",
                AdvertCodec.encode(spec, 150, SENDER, Specs.GROUP4));
    }

    // Conforms: 9568-vrid, 9568-version, 9568-interval, 9568-count, 9568-addresses
    @Test
    void version3OverIpv4SumsThePseudoHeader() {
        VrrpSpec spec =
                Specs.v3(200)
                        .named("a", 53, "eth0")
                        .with(new Timing(Duration.ofMillis(500), 3))
                        .with(addresses("192.0.2.120", "192.0.2.121", "192.0.2.122"))
                        .spec();

        assertSends(
                "3135c80300321c8fc0000278c0000279c000027a",
                AdvertCodec.encode(spec, 200, SENDER, Specs.GROUP4));
    }

    @Test
    void version3UnicastSumsThePeersAddress() {
        VrrpSpec spec = Specs.v3(201).named("a", 55, "eth0").with(addresses("192.0.2.130")).spec();

        assertSends(
                "3137c9010064be5fc0000282",
                AdvertCodec.encode(spec, 201, SENDER, Specs.ip("192.0.2.2")));
    }

    // Conforms: 9568-version, 9568-checksum6, 9568-addresses
    @Test
    void version3OverIpv6() {
        assertSends(
                "3136630200643ff1fe80000000000000000000000000010020010db8000000000000000000000100",
                AdvertCodec.encode(IPV6, 99, SENDER6, Specs.GROUP6));
        assertSends(
                "313600020064a2f1fe80000000000000000000000000010020010db8000000000000000000000100",
                AdvertCodec.encode(IPV6, 0, SENDER6, Specs.GROUP6));
    }

    // Conforms: 9568-arp, 3768-arp
    @Test
    void gratuitousArp() {
        assertSends(
                "ffffffffffff02000000000a0806000108000604000102000000000a"
                        + "c0000278ffffffffffffc0000278",
                ArpCodec.gratuitous(MAC, Ipv4Address.of(192, 0, 2, 120)));
    }

    // Conforms: 9568-neighbour
    @Test
    void unsolicitedNeighbourAdvertisement() {
        String message = "8800559420000000fe800000000000000000000000000100020102000000000a";
        Ipv6Address address = Ipv6Address.parse("fe80::100").orElseThrow();

        assertSends(message, NdiscCodec.unsolicited(MAC, address, false));
        assertSends(
                "33330000000102000000000a86dd6000000000203aff"
                        + "fe800000000000000000000000000100ff020000000000000000000000000001"
                        + message,
                NdiscCodec.unsolicitedFrame(MAC, address, false));
    }

    /// By the pictures in RFC 4391, sections 4, 9.1 and 9.3.
    @Test
    void announcementsOverInfiniband() {
        HexFormat hex = HexFormat.of();
        String own = "80000048fe80000000000000f4521403007bcba1";
        String broadcast = "00ffffffff12401bffff000000000000ffffffff";

        assertSends(
                "0020080014040001" + own + "c0000278" + broadcast + "c0000278",
                InfinibandCodec.gratuitous(
                        hex.parseHex(own),
                        hex.parseHex(broadcast),
                        Ipv4Address.of(192, 0, 2, 120)));
        Ipv6Address address = Ipv6Address.parse("fe80::100").orElseThrow();
        byte[] packet = InfinibandCodec.unsolicited(hex.parseHex(own), address, true);
        assertEquals(
                "6000000000303afffe800000000000000000000000000100"
                        + "ff020000000000000000000000000001",
                hex.formatHex(packet, 0, 40));
        assertEquals("8800", hex.formatHex(packet, 40, 42));
        assertEquals(
                "a0000000fe80000000000000000000000000010002030000" + own,
                hex.formatHex(packet, 44, packet.length));
        ByteBuffer message = ByteBuffer.wrap(packet, 40, 48).slice();
        long seed = PseudoHeader.sum(address, NdiscCodec.ALL_NODES, 58, 48);
        assertEquals(0, InternetChecksum.of(InternetChecksum.sum(message, seed)));
        assertSends(
                "00ffffffff12601bffff00000000000000000001",
                InfinibandCodec.allNodes(hex.parseHex(broadcast)));
    }

    private static List<VirtualAddress> addresses(String... texts) {
        return Stream.of(texts).map(Specs::address).toList();
    }

    private static void assertSends(String expected, byte[] actual) {
        assertEquals(expected, HexFormat.of().formatHex(actual));
    }
}
