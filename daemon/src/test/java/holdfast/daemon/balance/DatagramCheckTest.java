package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import holdfast.probe.DnsSpec;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.probe.UdpSpec;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks by datagrams, with real servers on the loopback.
class DatagramCheckTest implements EventLoop.Ticker {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final List<Outcome> outcomes = new ArrayList<>();
    private EventLoop loop;
    private ProbeActuator probes;
    private DatagramSocket server;

    @BeforeEach
    void open() throws IOException {
        loop = new EventLoop(this);
        probes = new ProbeActuator(loop);
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        probes.close();
        loop.close();
        server.close();
    }

    private void note() {
        for (ProbeFinished finished : probes.takeFinished()) {
            outcomes.add(finished.outcome());
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

    private Outcome made(ProbeSpec spec, Duration timeout) throws SyscallException {
        Endpoint anybody = new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), 1);
        CheckerId id = new CheckerId(new ServiceKey.Address(Protocol.UDP, anybody), anybody, 0);
        probes.start(EventLoop.clock(), new StartProbe(id, 1, spec, 0, timeout));
        note();
        while (outcomes.isEmpty()) {
            loop.turn();
        }
        return outcomes.removeFirst();
    }

    private Endpoint here() {
        return new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), server.getLocalPort());
    }

    private ProbeSpec udp(boolean required) {
        return new ProbeSpec.Udp(
                Connection.to(here()), new UdpSpec("0102", required, "0x", 0, 65535));
    }

    private ProbeSpec dns() {
        return new ProbeSpec.Dns(Connection.to(here()), new DnsSpec("example.com", DnsSpec.Type.A));
    }

    /// Answers one question with these datagrams.
    private void answer(Function<byte[], Stream<byte[]>> answers) {
        DatagramSocket asked = server;
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                DatagramPacket heard = new DatagramPacket(new byte[2000], 2000);
                                asked.receive(heard);
                                byte[] question = new byte[heard.getLength()];
                                System.arraycopy(heard.getData(), 0, question, 0, question.length);
                                for (byte[] answer : answers.apply(question).toList()) {
                                    asked.send(
                                            new DatagramPacket(
                                                    answer,
                                                    answer.length,
                                                    heard.getSocketAddress()));
                                }
                            } catch (IOException _) {
                                // The test is over.
                            }
                        });
    }

    private static byte[] answering(byte[] question, int code) {
        byte[] answer = question.clone();
        answer[2] |= (byte) 0x80;
        answer[3] = (byte) code;
        return answer;
    }

    private static byte[] other(byte[] question) {
        byte[] answer = answering(question, 2);
        answer[0] ^= 1;
        return answer;
    }

    @Test
    void anEchoIsAReply() throws SyscallException {
        answer(Stream::of);
        assertEquals(Outcome.Passed.PLAIN, made(udp(true), LONG));
    }

    @Test
    void longAndEmptyRepliesArriveWhole() throws SyscallException {
        answer(_ -> Stream.of(new byte[60_000]));
        assertEquals(Outcome.Passed.PLAIN, made(udp(true), LONG));
        answer(_ -> Stream.of(new byte[0]));
        assertEquals(
                new Outcome.Failed("the reply is not the one required"), made(udp(true), LONG));
    }

    @Test
    void silenceTakesTheTimeOut() throws SyscallException {
        long before = System.nanoTime();
        assertEquals(new Outcome.Failed("no reply in time"), made(udp(true), SHORT));
        assertEquals(Outcome.Passed.PLAIN, made(udp(false), SHORT));
        assertEquals(new Outcome.Failed("no answer in time"), made(dns(), SHORT));
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(SHORT.multipliedBy(3)) >= 0, took::toString);
    }

    @Test
    void aClosedPortRefuses() throws SyscallException {
        ProbeSpec udp = udp(false);
        ProbeSpec dns = dns();
        server.close();
        assertEquals(new Outcome.Failed("connection refused"), made(udp, LONG));
        assertEquals(new Outcome.Failed("connection refused"), made(dns, LONG));
    }

    @Test
    void answersWithoutErrorPass() throws SyscallException {
        answer(question -> Stream.of(answering(question, 0)));
        assertEquals(Outcome.Passed.PLAIN, made(dns(), LONG));
        answer(question -> Stream.of(answering(question, 5)));
        assertEquals(new Outcome.Failed("the server answers REFUSED"), made(dns(), LONG));
    }

    @Test
    void whatIsNoAnswerIsPassedOver() throws SyscallException {
        answer(
                question ->
                        Stream.of(new byte[0], question, other(question), answering(question, 0)));
        assertEquals(Outcome.Passed.PLAIN, made(dns(), LONG));
        answer(question -> Stream.generate(() -> other(question)).limit(50));
        assertEquals(new Outcome.Failed("no answer in time"), made(dns(), SHORT));
    }

    @Test
    void whatWeCannotMakeCountsNeitherWay() throws SyscallException {
        Connection foreign =
                new Connection(here(), IpAddress.parse("192.0.2.99"), 0, Optional.empty(), 0);
        assertInstanceOf(
                Outcome.NotMade.class,
                made(new ProbeSpec.Dns(foreign, new DnsSpec(".", DnsSpec.Type.SOA)), LONG));
        Endpoint linkLocal = new Endpoint(IpAddress.parse("fe80::1").orElseThrow(), 0);
        assertEquals(
                new Outcome.NotMade("a link-local address needs bind_if"),
                made(new ProbeSpec.Ping(Connection.to(linkLocal)), LONG));
    }

    @ParameterizedTest
    @CsvSource({"1 0, 7, 7 7", "0 6, 7, 0 7", "8 9, 7, 7 9", "0 4294967294, 7, 0 4294967294"})
    void permissionIsWidenedAndPutBack(
            String before, int group, String during, @TempDir Path directory) throws IOException {
        Path range = directory.resolve("range");
        Files.writeString(range, before.replace(' ', '\t') + "\n");
        PingPermission permission = new PingPermission(range, group);
        assertTrue(permission.widen());
        assertEquals(during.replace(' ', '\t'), Files.readString(range));
        assertFalse(permission.widen(), "it did not help");
        permission.close();
        assertEquals(before.replace(' ', '\t'), Files.readString(range));
    }

    @Test
    void whatOthersPermittedMeanwhileStays(@TempDir Path directory) throws IOException {
        Path range = directory.resolve("range");
        Files.writeString(range, "1\t0\n");
        PingPermission permission = new PingPermission(range, 7);
        assertTrue(permission.widen());
        Files.writeString(range, "0\t100\n");
        permission.close();
        assertEquals("0\t100\n", Files.readString(range));
        assertFalse(new PingPermission(directory.resolve("nothing"), 7).widen());
    }
}
