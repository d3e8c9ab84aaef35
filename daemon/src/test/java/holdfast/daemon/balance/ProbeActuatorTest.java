package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.CheckerId;
import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.linux.EventLoop;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.HttpSpec;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real sockets of this host, and real programs.
class ProbeActuatorTest implements EventLoop.Ticker {

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final int SILENT = 2000;
    private static final Identity SELF = new Identity("root", 0, 0);

    private final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    private EventLoop loop;
    private ProbeActuator probes;
    private ServerSocket listener;
    private long probe;

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop(this);
        probes = new ProbeActuator(loop);
        listener = new ServerSocket(0, 5000, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        probes.close();
        loop.close();
        listener.close();
    }

    private void note() {
        for (ProbeFinished finished : probes.takeFinished()) {
            outcomes.put(finished.probe(), finished.outcome());
        }
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

    private void start(ProbeSpec spec) {
        start(spec, TIMEOUT);
    }

    private void start(ProbeSpec spec, Duration timeout) {
        Endpoint endpoint = new Endpoint(address("127.0.0.1"), 80);
        ServiceKey.Single key = new ServiceKey.Address(Protocol.TCP, endpoint);
        CheckerId id = new CheckerId(key, endpoint, 0);
        probes.start(EventLoop.clock(), new StartProbe(id, ++probe, spec, 0, timeout));
        note();
    }

    private Outcome made(ProbeSpec spec) throws SyscallException {
        start(spec);
        awaitAll();
        return outcomes.getOrDefault(probe, new Outcome.NotMade("no answer"));
    }

    private void awaitAll() throws SyscallException {
        while (outcomes.size() < probe) {
            loop.turn();
        }
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private Endpoint here() {
        return new Endpoint(address("127.0.0.1"), listener.getLocalPort());
    }

    private static ProbeSpec tcp(Endpoint target) {
        return new ProbeSpec.Tcp(Connection.to(target));
    }

    private ProbeSpec http() {
        BitSet fine = new BitSet();
        fine.set(200, 300);
        HttpSpec.Url url =
                new HttpSpec.Url("/", Optional.empty(), fine, Optional.empty(), Optional.empty());
        return new ProbeSpec.Http(
                Connection.to(here()),
                new HttpSpec(HttpSpec.Protocol.HTTP_1_0, List.of(url), false, Optional.empty()));
    }

    private static ProbeSpec script(String command, Duration timeout, boolean dynamic) {
        ScriptSpec script = new ScriptSpec(List.of("/bin/sh", "-c", command), SELF);
        return new ProbeSpec.Script(script, timeout, dynamic);
    }

    /// Answers each connection with these bytes, and closes it.
    private void answer(String... answers) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            for (String answer : answers) {
                                try (Socket socket = listener.accept()) {
                                    InputStream in = socket.getInputStream();
                                    byte[] request = new byte[1024];
                                    assertTrue(in.read(request) > 0);
                                    socket.getOutputStream()
                                            .write(answer.getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException _) {
                                    return;
                                }
                            }
                        });
    }

    @Test
    void openPortIsWellAndClosedPortIsNot() throws IOException {
        assertEquals(Outcome.Passed.PLAIN, made(tcp(here())));
        Endpoint target = here();
        listener.close();
        assertEquals(new Outcome.Failed("connection refused"), made(tcp(target)));
    }

    @Test
    void silentServerTimesOut() throws SyscallException {
        long before = System.nanoTime();
        assertEquals(Outcome.Failed.class, made(http()).getClass(), "nobody accepts or answers");
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(TIMEOUT) >= 0, took::toString);
    }

    @Test
    void statusDecidesOverHttp() throws SyscallException {
        answer("HTTP/1.0 200 OK\r\n\r\nfine", "HTTP/1.0 503 Busy\r\n\r\nno");
        assertEquals(Outcome.Passed.PLAIN, made(http()));
        assertEquals(Outcome.Failed.class, made(http()).getClass());
    }

    @Test
    void programsDecideByTheirExit() throws SyscallException {
        Duration second = Duration.ofSeconds(1);
        assertEquals(Outcome.Passed.PLAIN, made(script("exit 0", second, false)));
        assertEquals(new Outcome.Failed("exit status 3"), made(script("exit 3", second, false)));
        assertEquals(new Outcome.Passed(5), made(script("exit 7", second, true)));
        ProbeSpec missing =
                new ProbeSpec.Script(new ScriptSpec(List.of("/nonexistent"), SELF), second, false);
        assertEquals(Outcome.Failed.class, made(missing).getClass());
    }

    @Test
    void programThatDoesNotEndIsEnded() throws SyscallException {
        Outcome outcome = made(script("sleep 1000", Duration.ofMillis(100), false));
        assertEquals(new Outcome.Failed("still running after 0 s"), outcome);
    }

    @Test
    void abandonedChecksAreNotAnswered() throws SyscallException {
        start(script("sleep 1000", Duration.ofSeconds(100), false));
        probes.abandon(EventLoop.clock(), probe);
        start(http());
        probes.abandon(EventLoop.clock(), probe);
        assertEquals(Outcome.Passed.PLAIN, outcomeOfLast(tcp(here())));
        assertEquals(1, outcomes.size());
    }

    private Outcome outcomeOfLast(ProbeSpec spec) throws SyscallException {
        start(spec);
        while (!outcomes.containsKey(probe)) {
            loop.turn();
        }
        return outcomes.getOrDefault(probe, new Outcome.NotMade("no answer"));
    }

    @Test
    void whatWeCannotMakeCountsNeitherWay() throws SyscallException {
        Endpoint linkLocal = new Endpoint(address("fe80::1"), 80);
        assertEquals(
                new Outcome.NotMade("a link-local address needs bind_if"), made(tcp(linkLocal)));
        Connection foreign =
                new Connection(here(), Optional.of(address("192.0.2.99")), 0, Optional.empty(), 0);
        assertEquals(Outcome.NotMade.class, made(new ProbeSpec.Tcp(foreign)).getClass());
    }

    @Test
    void serversThatSayNothingHoldUpNobodyElse() throws SyscallException {
        for (int i = 0; i < SILENT; i++) {
            start(http(), Duration.ofMinutes(10)); // Nobody accepts or answers.
        }
        assertEquals(Outcome.Passed.PLAIN, outcomeOfLast(tcp(here())));
        assertEquals(1, outcomes.size());
        for (long one = 1; one <= SILENT; one++) {
            probes.abandon(EventLoop.clock(), one);
        }
        assertEquals(Outcome.Passed.PLAIN, outcomeOfLast(tcp(here())));
        assertEquals(2, outcomes.size());
    }

    @Test
    void moreChecksThanDescriptorsWaitInLine() throws SyscallException {
        probes.limit(3);
        for (int i = 0; i < 2500; i++) {
            start(tcp(here()));
        }
        awaitAll();
        assertEquals(2500, outcomes.size());
        assertTrue(outcomes.values().stream().allMatch(Outcome.Passed.PLAIN::equals));
    }
}
