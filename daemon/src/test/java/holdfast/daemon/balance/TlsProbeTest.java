package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.CheckerId;
import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.daemon.balance.TlsServer.Ending;
import holdfast.linux.EventLoop;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.HttpSpec;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks over TLS, against servers of the JVM's own TLS on this host.
class TlsProbeTest implements EventLoop.Ticker {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration HASTY = Duration.ofMillis(300);
    private static final String FINE = "HTTP/1.0 200 OK\r\n\r\nfine";
    private static final String FINE_DIGEST = "fff25994ee3941b225ba898fd17d186f";
    private static final String NEW = "TLSv1.3";

    private static Path keys = Path.of("");

    private final List<Outcome> outcomes = new ArrayList<>();
    private EventLoop loop;
    private ProbeActuator probes;
    private TlsServer server;
    private Duration timeout = PATIENT;

    @BeforeAll
    static void makeKeys(@TempDir Path directory) throws IOException, InterruptedException {
        keys = TlsServer.makeKeys(directory);
    }

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        loop = new EventLoop(this);
        probes = new ProbeActuator(loop);
        server = new TlsServer(keys);
    }

    @AfterEach
    void close() throws IOException {
        probes.close();
        loop.close();
        server.close();
    }

    private void note() {
        probes.takeFinished().stream().map(ProbeFinished::outcome).forEach(outcomes::add);
    }

    @Override
    public MonoTime deadline() {
        return probes.deadline();
    }

    @Override
    public void onDeadline(MonoTime now) {
        probes.onDeadline(now);
        note();
    }

    private Outcome check() throws SyscallException {
        return check(Optional.empty(), Optional.empty(), false);
    }

    private Outcome check(Optional<String> digest, Optional<String> name, boolean orderly)
            throws SyscallException {
        Endpoint endpoint = new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), server.port());
        BitSet fine = new BitSet();
        fine.set(200);
        HttpSpec.Url url = new HttpSpec.Url("/", Optional.empty(), fine, digest, Optional.empty());
        ProbeSpec spec =
                new ProbeSpec.Https(
                        Connection.to(endpoint),
                        new HttpSpec(
                                HttpSpec.Protocol.HTTP_1_0, List.of(url), false, Optional.empty()),
                        TlsSpec.anyServer(
                                List.of(new TlsSpec.Session(name, orderly, Optional.empty()))));
        CheckerId id = new CheckerId(new ServiceKey.Address(Protocol.TCP, endpoint), endpoint, 0);
        outcomes.clear();
        probes.start(EventLoop.clock(), new StartProbe(id, 1, spec, 0, timeout));
        note();
        while (outcomes.isEmpty()) {
            loop.turn();
        }
        return outcomes.getFirst();
    }

    private static String reason(Outcome outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).reason();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void statusAndDigestDecide(String version) throws SyscallException {
        server.serve(server.answering(version, FINE, Ending.ORDERLY));
        assertEquals(Outcome.Passed.PLAIN, check());
        Optional<String> digest = Optional.of(FINE_DIGEST);
        assertEquals(Outcome.Passed.PLAIN, check(digest, Optional.empty(), false));
        Optional<String> wrong = Optional.of("0123456789abcdef0123456789abcdef");
        assertEquals(
                "the body's MD5 is " + FINE_DIGEST, reason(check(wrong, Optional.empty(), false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void wrongStatusFailsWhetherQuietOrOrderly(String version) throws SyscallException {
        server.serve(server.answering(version, "HTTP/1.0 503 Busy\r\n\r\n", Ending.ORDERLY));
        assertEquals("HTTP status 503", reason(check()));
        assertEquals("HTTP status 503", reason(check(Optional.empty(), Optional.empty(), true)));
    }

    @Test
    void bodyOfManyRecordsIsReadWhole() throws SyscallException {
        String answer = FINE + "x".repeat(1_000_000);
        server.serve(server.answering(NEW, answer, Ending.ABRUPT));
        assertEquals(Outcome.Passed.PLAIN, check());
        Optional<String> digest = Optional.of(FINE_DIGEST);
        assertTrue(reason(check(digest, Optional.empty(), false)).contains("MD5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void answerWithoutTheEndOfTlsIsTaken(String version) throws SyscallException {
        server.serve(server.answering(version, FINE, Ending.ABRUPT));
        assertEquals(Outcome.Passed.PLAIN, check());
        assertEquals(Outcome.Passed.PLAIN, check(Optional.empty(), Optional.empty(), true));
    }

    @Test
    void endWithoutAnAnswerFails() throws SyscallException {
        server.serve(server.answering(NEW, "", Ending.ABRUPT));
        assertEquals("connection closed without an answer", reason(check()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void farewellIsSaidOnlyWhereItIsWanted(String version)
            throws SyscallException, InterruptedException {
        server.serve(server.answering(version, FINE, Ending.ORDERLY));
        assertEquals(Outcome.Passed.PLAIN, check(Optional.empty(), Optional.empty(), true));
        assertEquals("names", server.heard());
        assertEquals("farewell", server.heard());
        assertEquals(Outcome.Passed.PLAIN, check());
        assertEquals("names", server.heard());
        assertEquals("no farewell", server.heard());
    }

    @Test
    void nameIsSentAsItIsWritten() throws SyscallException, InterruptedException {
        server.serve(server.answering(NEW, FINE, Ending.ABRUPT));
        assertEquals(
                Outcome.Passed.PLAIN, check(Optional.empty(), Optional.of("s.example.com"), false));
        assertEquals("names s.example.com", server.heard());
    }

    @Test
    void serverWithoutTlsFails() throws SyscallException {
        server.serve(
                socket -> {
                    byte[] greeting = new byte[1024];
                    assertTrue(socket.getInputStream().read(greeting) > 0);
                    socket.getOutputStream().write(FINE.getBytes(StandardCharsets.US_ASCII));
                });
        assertTrue(reason(check()).startsWith("TLS handshake failed: "), outcomes::toString);
    }

    @Test
    void serverThatHangsUpFails() throws SyscallException {
        server.serve(socket -> assertTrue(socket.getInputStream().read(new byte[1024]) > 0));
        assertEquals("connection closed in the TLS handshake", reason(check()));
    }

    @Test
    void serverThatStallsTimesOut() throws SyscallException {
        timeout = HASTY;
        server.serve(socket -> assertTrue(socket.getInputStream().readAllBytes().length > 0));
        assertEquals("TLS handshake timed out", reason(check()));
    }

    @Test
    void closedPortIsRefused() throws IOException {
        server.close();
        assertEquals("connection refused", reason(check()));
    }
}
