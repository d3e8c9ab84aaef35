package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Questions and answers of a datagram each.
class DatagramProbesTest {

    private static final String PASSED = "passed";

    private static String words(ProbeStep step) {
        return switch (step) {
            case ProbeStep.Send(var bytes) -> {
                byte[] octets = new byte[bytes.remaining()];
                bytes.get(octets);
                yield HexFormat.of().formatHex(octets);
            }
            case ProbeStep.Wait() -> "wait";
            case ProbeStep.Farewell _ -> "farewell";
            case ProbeStep.Done(Outcome.Passed _) -> PASSED;
            case ProbeStep.Done(Outcome.Failed(String reason)) -> reason;
            case ProbeStep.Done(Outcome.NotMade(String reason)) -> "not made: " + reason;
        };
    }

    private static String ask(Probe probe) {
        return words(probe.on(new ProbeInput.Connected()));
    }

    private static String hears(Probe probe, String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        // Not from the start of its array, as it may come from a shared one.
        ByteBuffer shared = ByteBuffer.allocate(octets.length + 3);
        shared.position(3).put(octets).flip().position(3);
        return words(probe.on(new ProbeInput.Received(shared)));
    }

    private static String late(Probe probe) {
        return words(probe.on(new ProbeInput.TimedOut()));
    }

    @ParameterizedTest
    @CsvSource({
        "'',     0, 255, '',       passed",
        "'',     0, 255, 0102,     passed",
        "'',     1, 255, '',       'a reply of 0 octets, less than 1'",
        "'',     0, 2,   010203,   'a reply of 3 octets, more than 2'",
        "'',     0, 2,   0102,     passed",
        "01,     0, 255, 01ff,     passed",
        "01,     0, 255, 02,       the reply is not the one required",
        "0102,   0, 255, 01,       the reply is not the one required",
        "x1,     0, 255, a1,       passed",
        "x1,     0, 255, 1a,       the reply is not the one required",
        "ax,     0, 255, ab,       passed",
        "ax,     0, 255, bb,       the reply is not the one required",
        "01xx03, 0, 255, 01ee03,   passed",
        "01xx03, 0, 255, 01ee,     the reply is not the one required",
    })
    void repliesAreHeldAgainstThePattern(
            String pattern, int min, int max, String reply, String outcome) {
        UdpProbe probe = new UdpProbe(new UdpSpec("cafe", true, pattern, min, max));
        assertEquals("cafe", ask(probe));
        assertEquals(outcome, hears(probe, reply));
        assertEquals(outcome, late(probe), "the first reply counts");
    }

    @Test
    void silenceIsGoodUnlessAReplyIsRequired() {
        UdpProbe trusting = new UdpProbe(new UdpSpec("00", false, "", 0, 255));
        assertEquals("00", ask(trusting));
        assertEquals("wait", ask(trusting));
        assertEquals(PASSED, late(trusting));
        UdpProbe strict = new UdpProbe(new UdpSpec("00", true, "", 0, 255));
        ask(strict);
        assertEquals("no reply in time", late(strict));
        UdpProbe refused = new UdpProbe(new UdpSpec("00", false, "", 0, 255));
        ask(refused);
        assertEquals("no way", words(refused.on(new ProbeInput.Failed("no way"))));
    }

    @Test
    void onlyOctetsMakeASpec() {
        assertThrows(IllegalArgumentException.class, () -> new UdpSpec("0", false, "", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new UdpSpec("0x", false, "", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new UdpSpec("", true, "zz", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new UdpSpec("", true, "xxx", 0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        ".,               SOA,    00 0006 0001",
        "www.example.com, A,      03777777076578616d706c6503636f6d00 0001 0001",
        "example.com.,    AAAA,   076578616d706c6503636f6d00 001c 0001",
        "com,             NS,     03636f6d00 0002 0001",
        "com,             CNAME,  03636f6d00 0005 0001",
        "com,             MX,     03636f6d00 000f 0001",
        "com,             TXT,    03636f6d00 0010 0001",
        "com,             RRSIG,  03636f6d00 002e 0001",
        "com,             DNSKEY, 03636f6d00 0030 0001",
    })
    void questionsAreAsTheStandardSays(String name, DnsSpec.Type type, String question) {
        DnsProbe probe = new DnsProbe(new DnsSpec(name, type), 0xabcd);
        assertEquals("abcd01000001000000000000" + question.replace(" ", ""), ask(probe));
    }

    @ParameterizedTest
    @CsvSource({
        "abcd81800001000000000000,   passed",
        "abcd84000000000000000000ff, passed",
        "abcd81820001000000000000,   the server answers SERVFAIL",
        "abcd81830001000000000000,   the server answers NXDOMAIN",
        "abcd81850001000000000000,   the server answers REFUSED",
        "abcd818f0001000000000000,   the server answers with code 15",
        "abce81800001000000000000,   wait",
        "abcd01800001000000000000,   wait",
        "abcd8180000100000000,       wait",
        "'',                         wait",
    })
    void onlyAnswersToTheQuestionCount(String answer, String outcome) {
        DnsProbe probe = new DnsProbe(new DnsSpec(".", DnsSpec.Type.SOA), 0xabcd);
        ask(probe);
        assertEquals(outcome, hears(probe, answer));
        assertEquals(outcome.equals("wait") ? "no answer in time" : outcome, late(probe));
    }

    @Test
    void namesAreCheckedBeforeTheyAreAskedFor() {
        assertEquals("'a..b' has an empty label", DnsSpec.complaint("a..b").orElse(""));
        assertEquals("'.a' has an empty label", DnsSpec.complaint(".a").orElse(""));
        assertEquals("'..' has an empty label", DnsSpec.complaint("..").orElse(""));
        assertTrue(DnsSpec.complaint("a".repeat(63) + ".b").isEmpty());
        assertTrue(DnsSpec.complaint("a".repeat(64) + ".b").isPresent());
        assertTrue(DnsSpec.complaint("1234567.".repeat(31) + "12345").isEmpty(), "255 bytes");
        assertTrue(DnsSpec.complaint("1234567.".repeat(31) + "123456").isPresent());
    }

    private static PingProbe ping(Family family, PingProbe.Hearing hearing) {
        return new PingProbe(family, hearing, new PingProbe.Mark(0x1234, 0x1122334455667788L));
    }

    private static String reply(String request, String type) {
        return type + request.substring(2);
    }

    @Test
    void echoesAreKnownByWhatIsInThem() {
        PingProbe probe = ping(Family.INET, PingProbe.Hearing.OWN_REPLIES);
        String request = ask(probe);
        assertEquals(2 * (8 + 128), request.length());
        assertTrue(request.startsWith("0800") && request.startsWith("12340001", 8), request);
        byte[] octets = HexFormat.of().parseHex(request);
        assertEquals(0, InternetChecksum.of(InternetChecksum.sum(ByteBuffer.wrap(octets), 0)));
        String good = reply(request, "00");
        assertEquals("wait", hears(probe, good.replace("1122334455667788", "1122334455667789")));
        assertEquals("wait", hears(probe, good.replace("12340001", "12340002")));
        assertEquals("wait", hears(probe, good.substring(0, 100)));
        assertEquals("wait", hears(probe, "0000"));
        assertEquals(PASSED, hears(probe, good));
    }

    @Test
    void otherMessagesToOurSocketAreFailures() {
        PingProbe probe = ping(Family.INET6, PingProbe.Hearing.OWN_REPLIES);
        String request = ask(probe);
        assertTrue(request.startsWith("80000000"), request);
        assertEquals("ICMP type 1 instead of a reply", hears(probe, reply(request, "01")));
        PingProbe other = ping(Family.INET6, PingProbe.Hearing.OWN_REPLIES);
        assertEquals(PASSED, hears(other, reply(ask(other), "81")));
    }

    @Test
    void aRawSocketHearsOthersToo() {
        String header = "4500009c00000000400100007f0000017f000001";
        PingProbe probe = ping(Family.INET, PingProbe.Hearing.EVERYTHING);
        String request = ask(probe);
        String good = reply(request, "00");
        assertEquals("wait", hears(probe, header + request), "our own request");
        assertEquals("wait", hears(probe, header + good.replace("12340001", "12350001")));
        assertEquals("wait", hears(probe, header + reply(request, "03")));
        assertEquals("wait", hears(probe, good), "the length of its header is wrong");
        assertEquals("wait", hears(probe, header.substring(0, 30)));
        assertEquals(PASSED, hears(probe, header + good));
        PingProbe six = ping(Family.INET6, PingProbe.Hearing.EVERYTHING);
        assertEquals(PASSED, hears(six, reply(ask(six), "81")), "no header in IPv6");
        PingProbe lost = ping(Family.INET, PingProbe.Hearing.EVERYTHING);
        ask(lost);
        assertEquals("no reply in time", late(lost));
    }
}
