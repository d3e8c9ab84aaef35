package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpProbeTest {

    private static final Endpoint TARGET = endpoint("192.0.2.1", 8080);
    private static final String MD5_OF_HELLO = "5d41402abc4b2a76b9719d911017c592";

    @Test
    void theRequestNamesTheAddressWhenTheUrlNamesNoHost() {
        assertEquals(
                """
                GET /index.html HTTP/1.0
                User-Agent: KeepAliveClient
                Host: 192.0.2.1:8080

                """,
                request(HttpSpec.Protocol.HTTP_1_0, url(), TARGET));
        assertEquals(
                """
                GET /index.html HTTP/1.1
                User-Agent: KeepAliveClient
                Connection: close
                Host: [2001:db8::1]:80

                """,
                request(HttpSpec.Protocol.HTTP_1_1, url(), endpoint("2001:db8::1", 80)));
    }

    @Test
    void theHostOfTheUrlIsSentAsItIs() {
        HttpSpec.Url named =
                new HttpSpec.Url(
                        "/",
                        Optional.of("www.example.org"),
                        okay(),
                        Optional.empty(),
                        Optional.empty());
        assertEquals(
                """
                GET / HTTP/1.0
                User-Agent: KeepAliveClient
                Connection: close
                Host: www.example.org

                """,
                request(HttpSpec.Protocol.HTTP_1_0_CLOSE, named, TARGET));
    }

    @Test
    void aGoodStatusPassesWhenTheConnectionIsClosed() {
        assertEquals("up", answer(url(), "HTTP/1.1 200 OK\r\n\r\nhello"));
        assertEquals("up", answer(url(), "HTTP/1.0 204\n\n"));
    }

    @Test
    void lengthsThatDifferAreNoFailureButSeen() {
        assertEquals("", mismatch("Content-Length: 5\r\n\r\nhello", true));
        assertEquals("5 3", mismatch("Content-Length: 5\r\n\r\nhel", true));
        assertEquals("2 5", mismatch("Content-Length: 2\r\n\r\nhello", true));
        assertEquals("", mismatch("Content-Length: 5\r\n\r\nhel", false));
        assertEquals("", mismatch("\r\nhello", true));
        assertEquals(
                "", mismatch("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", true));
    }

    private static String mismatch(String fieldsAndBody, boolean closed) {
        HttpProbe probe = probe(url());
        probe.on(new ProbeInput.Connected());
        probe.on(bytes("HTTP/1.1 200 OK\r\n" + fieldsAndBody));
        if (closed) {
            assertEquals("up", words(probe.on(new ProbeInput.Closed())));
        }
        return probe.mismatch().map(it -> it.announced() + " " + it.received()).orElse("");
    }

    @Test
    void anAnswerIsNotCompleteBeforeTheConnectionIsClosed() {
        HttpProbe probe = probe(url());
        probe.on(new ProbeInput.Connected());
        assertInstanceOf(ProbeStep.Wait.class, probe.on(bytes("HTTP/1.1 200 OK\r\n\r\n")));
        assertEquals("no complete answer in time", words(probe.on(new ProbeInput.TimedOut())));
    }

    @Test
    void whatIsNoGoodAnswerFailsWithAReason() {
        assertEquals("HTTP status 503", answer(url(), "HTTP/1.1 503 Busy\r\n\r\n"));
        assertEquals("connection closed without an answer", answer(url(), ""));
        assertEquals("connection closed within the header", answer(url(), "HTTP/1.1 200 OK\r\n"));
        assertEquals("the answer is not HTTP", answer(url(), "SSH-2.0-OpenSSH_9.2\r\n"));
        assertEquals("the answer is not HTTP", answer(url(), "HTTP/1.1 2000 OK\r\n"));
        assertEquals("the answer is not HTTP", answer(url(), "HTTP/1.1 -20 OK\r\n"));
    }

    @Test
    void whatHappensToTheConnectionIsTheReason() {
        assertEquals("connection refused", words(probe(url()).on(refused())));
        assertEquals("connection timed out", words(probe(url()).on(new ProbeInput.TimedOut())));
        HttpProbe silent = probe(url());
        silent.on(new ProbeInput.Connected());
        assertEquals("no answer in time", words(silent.on(new ProbeInput.TimedOut())));
    }

    @Test
    void theOutcomeStaysWhatItWas() {
        HttpProbe probe = probe(url());
        probe.on(refused());
        assertEquals("connection refused", words(probe.on(new ProbeInput.Connected())));
        assertEquals("connection refused", words(probe.on(new ProbeInput.Closed())));
    }

    @Test
    void theDigestCoversTheBodyUpToItsLength() {
        HttpSpec.Url url = digest(MD5_OF_HELLO);
        assertEquals("up", answer(url, "HTTP/1.0 200 OK\r\n\r\nhello"));
        assertEquals("up", answer(url, "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello!!!"));
        assertEquals(
                "the body's MD5 is 49f68a5c8493ec2c0bf489821c21fc3b",
                answer(url, "HTTP/1.0 200 OK\r\n\r\nhi"));
    }

    @Test
    void chunksAreTakenOffTheBody() {
        HttpSpec.Url url = digest(MD5_OF_HELLO);
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunks = "2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n";
        assertEquals("up", answer(url, head + chunks));
        assertEquals("the body is not chunked as announced", answer(url, head + "hello"));
        assertEquals("up", answer(url(), head + "hello"), "nobody looks at the body");
    }

    @Test
    void beforeVersion11ThereAreNoChunks() {
        HttpSpec.Url url = digest(MD5_OF_HELLO);
        String head = "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertEquals("up", answer(url, head + "hello"));
    }

    @Test
    void theBodyMustMatchOrMustNot() {
        String good = "HTTP/1.0 200 OK\r\n\r\nall is well today";
        assertEquals("up", answer(pattern("is (well|fine)", true), good));
        assertEquals("the body does not match the pattern", answer(pattern("is bad", true), good));
        assertEquals("up", answer(pattern("is bad", false), good));
        assertEquals("the body matches the unwanted pattern", answer(pattern("well", false), good));
    }

    @Test
    void aPatternThatTakesForeverIsGivenUp() {
        String evil = "HTTP/1.0 200 OK\r\n\r\n" + "a".repeat(40) + "!";
        assertEquals(
                "the pattern takes too long on this body",
                answer(pattern("^(a|aa)+\\1x$", true), evil));
        String deep = "HTTP/1.0 200 OK\r\n\r\n" + "ab".repeat(100_000);
        assertEquals(
                "the pattern takes too long on this body",
                answer(pattern("^(a|b|ab)*!$", true), deep));
    }

    @Test
    void aPatternSeesOnlyTheBeginningOfALongBody() {
        String body = "x".repeat(HttpProbe.PATTERN_BYTES_MAX - 3) + "end" + "behind";
        assertEquals("up", answer(pattern("end$", true), "HTTP/1.0 200 OK\r\n\r\n" + body));
    }

    @Test
    void aHeaderMayNotBeEndless() {
        String field = "X: " + "y".repeat(HttpHead.BYTES_MAX);
        assertEquals(
                "more than 65536 bytes of header", answer(url(), "HTTP/1.0 200 OK\r\n" + field));
    }

    @Test
    void anAnswerMayNotBeEndless() {
        HttpProbe probe = probe(url());
        probe.on(new ProbeInput.Connected());
        probe.on(bytes("HTTP/1.0 200 OK\r\n\r\n"));
        ProbeStep step = new ProbeStep.Wait();
        byte[] flood = new byte[1 << 20];
        int portions = 0;
        while (step instanceof ProbeStep.Wait && portions < 100) {
            step = probe.on(new ProbeInput.Received(ByteBuffer.wrap(flood)));
            portions++;
        }
        assertEquals("more than 16777216 bytes of answer", words(step));
        assertEquals(16, portions);
    }

    private static String request(HttpSpec.Protocol protocol, HttpSpec.Url url, Endpoint target) {
        ProbeStep step = new HttpProbe(url, protocol, target).on(new ProbeInput.Connected());
        ByteBuffer bytes = assertInstanceOf(ProbeStep.Send.class, step).bytes();
        return StandardCharsets.UTF_8.decode(bytes).toString().replace("\r\n", "\n");
    }

    private static String answer(HttpSpec.Url url, String text) {
        HttpProbe probe = probe(url);
        probe.on(new ProbeInput.Connected());
        if (!text.isEmpty()) {
            probe.on(bytes(text));
        }
        return words(probe.on(new ProbeInput.Closed()));
    }

    private static String words(ProbeStep step) {
        Outcome outcome = assertInstanceOf(ProbeStep.Done.class, step).outcome();
        return switch (outcome) {
            case Outcome.Passed _ -> "up";
            case Outcome.Failed(String reason) -> reason;
            case Outcome.NotMade(String reason) -> "not made: " + reason;
        };
    }

    private static ProbeInput bytes(String text) {
        return new ProbeInput.Received(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ProbeInput refused() {
        return new ProbeInput.Failed("connection refused");
    }

    private static HttpProbe probe(HttpSpec.Url url) {
        return new HttpProbe(url, HttpSpec.Protocol.HTTP_1_1, TARGET);
    }

    private static HttpSpec.Url url() {
        return url(Optional.empty(), Optional.empty());
    }

    private static HttpSpec.Url digest(String md5) {
        return url(Optional.of(md5), Optional.empty());
    }

    private static HttpSpec.Url pattern(String regex, boolean wanted) {
        return url(Optional.empty(), Optional.of(HttpSpec.BodyMatch.of(regex, wanted)));
    }

    private static HttpSpec.Url url(Optional<String> md5, Optional<HttpSpec.BodyMatch> body) {
        return new HttpSpec.Url("/index.html", Optional.empty(), okay(), md5, body);
    }

    private static BitSet okay() {
        BitSet codes = new BitSet();
        codes.set(200, 300);
        return codes;
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }
}
