package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.bfd.Authentication.KeyedSha1;
import holdfast.bfd.BfdEvent.PacketReceived;
import holdfast.bfd.BfdEvent.SenderFailed;
import holdfast.bfd.Reception.Arrival;
import holdfast.net.IpAddress;
import holdfast.wire.Datagram;
import holdfast.wire.Secret;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Sessions that hear packets by chance, one run of it: good ones, odd ones, and mere octets.
final class Onslaught {

    private static final AuthenticationKey OTHER = key(9);
    private static final IpAddress[] FROM = {
        Host.THERE, Host.ip("2001:db8::2"), Host.ip("192.0.2.3"), Host.ip("192.0.2.4"), Host.HERE
    };

    private static final List<Diagnostic> DIAGNOSTICS = List.of(Diagnostic.values());

    private final SplittableRandom chance;
    private final Host host;
    private final int[] sequence = new int[4];
    private String told = "";

    Onslaught(long seed) {
        chance = new SplittableRandom(seed);
        SessionSpec plain = Host.session(false);
        Path far = new Path(FROM[3], Optional.empty(), true, 64, 30);
        SessionSpec third = new SessionSpec("c", Path.to(FROM[2]), plain.timers(), false);
        host =
                new Host(
                        seed,
                        plain,
                        new SessionSpec("b", Path.to(FROM[1]), Timers.DEFAULT, true),
                        sealed(third, key(2), seed % 2 == 0),
                        sealed(new SessionSpec("d", far, plain.timers(), true), key(3), false));
    }

    private static AuthenticationKey key(int session) {
        return new AuthenticationKey(1, new Secret(new byte[] {(byte) session}));
    }

    private static SessionSpec sealed(
            SessionSpec plain, AuthenticationKey key, boolean meticulous) {
        return new SessionSpec(
                plain.name(),
                plain.path(),
                plain.timers(),
                plain.passive(),
                new KeyedSha1(List.of(key), key.id(), meticulous));
    }

    /// Sends one packet, and throws if it does anything that [Reception] does not say.
    ///
    /// @param name of the input, for the complaint
    void play(String name) {
        told = name;
        Duration pause = Duration.ofMillis(chance.nextInt(20) == 0 ? 5_000 : chance.nextInt(30));
        host.until(host.now().plus(pause));
        int target = chance.nextInt(4);
        if (chance.nextInt(200) == 0) {
            host.node().on(host.now(), new SenderFailed(status(target).spec().name()));
        }
        Arrival arrival = arrival(target);
        List<SessionStatus> before = host.node().status();
        host.skip()
                .tell(
                        new PacketReceived(
                                arrival.multihop(),
                                new Datagram(
                                        arrival.source(),
                                        Host.HERE,
                                        arrival.ttl(),
                                        ByteBuffer.wrap(arrival.octets()))));
        judge(arrival, before);
        assertFalse(host.now().isAfter(host.node().deadline()), told);
    }

    List<SessionStatus> sessions() {
        return host.node().status();
    }

    private void judge(Arrival arrival, List<SessionStatus> before) {
        int receiver = -1;
        boolean alive = !Reception.isDiscarded(arrival);
        for (int i = 0; alive && i < before.size(); i++) {
            if (Reception.isFor(before.get(i), arrival)) {
                receiver = i;
            }
        }
        boolean received = receiver >= 0 && Reception.isReceived(before.get(receiver), arrival);
        for (int i = 0; i < before.size(); i++) {
            SessionStatus was = before.get(i);
            if (i == receiver && received) {
                judge(arrival, was, status(i));
            } else if (i != receiver || was.state() != State.ADMIN_DOWN) {
                assertEquals(essence(was), essence(status(i)), told);
            } else {
                // A packet is a reason to try once more to have a socket, and nothing else.
                assertTrue(status(i).state().compareTo(State.DOWN) <= 0, told);
                assertEquals(0, status(i).remoteDiscriminator(), told);
            }
        }
        if (arrival.genuineFor().isPresent()
                && receiver >= 0
                && Reception.isBelieved(before.get(receiver), arrival)) {
            sequence[receiver]++;
        }
        if (receiver < 0 || !received && before.get(receiver).state() != State.ADMIN_DOWN) {
            assertEquals(List.of(), host.sent(), told);
            assertEquals("", host.told(), told);
        }
    }

    private void judge(Arrival arrival, SessionStatus was, SessionStatus now) {
        byte[] in = arrival.octets();
        State remote = Reception.state(in);
        Optional<Diagnostic> leaves = Reception.leaves(was.state(), remote);
        assertEquals(Reception.next(was.state(), remote), now.state(), told);
        assertEquals(leaves.orElse(was.diagnostic()), now.diagnostic(), told);
        assertEquals(remote, now.remoteState(), told);
        assertEquals(Reception.number(in, 4), now.remoteDiscriminator(), told);
        assertEquals(in[0] & 0x1f, now.remoteDiagnostic(), told);
        assertEquals(Reception.demands(in), now.remoteDemands(), told);
        assertEquals(Optional.of(host.now()), now.lastSeen(), told);
        assertEquals(was.discriminator(), now.discriminator(), told);
        judgeIntervals(in, was, now);
        judgeAnswer(in, was, now);
        boolean polling = was.state() == now.state() && was.polling() && !Reception.confirms(in);
        boolean cameUp = was.state() != State.UP && now.state() == State.UP;
        assertTrue(cameUp || !now.polling() || was.polling(), told);
        assertTrue(!polling || now.polling(), told);
    }

    private void judgeIntervals(byte[] in, SessionStatus was, SessionStatus now) {
        Duration itsMinTx = micros(Reception.number(in, 12));
        Duration itsMinRx = micros(Reception.number(in, 16));
        Timers ours = now.spec().timers();
        Duration minTx = now.state() == State.UP ? ours.minTx() : ours.idleTx();
        Duration receive = longer(ours.minRx(), itsMinTx);
        assertEquals(receive, now.intervals().receive(), told);
        assertEquals(receive.multipliedBy(in[2] & 0xff), now.intervals().detection(), told);
        assertEquals(longer(minTx, itsMinRx), now.intervals().transmit(), told);
        Duration most = now.intervals().detection();
        assertFalse(host.node().deadline().isAfter(host.now().plus(most)), told);
        assertTrue(now.counters().received() == was.counters().received() + 1, told);
    }

    /// A poll is answered, and a new state told, in one packet; nothing else is sent at once.
    private void judgeAnswer(byte[] in, SessionStatus was, SessionStatus now) {
        int count = host.sent().size();
        if (Reception.polls(in)) {
            assertEquals(1, count, told);
            assertTrue(Reception.confirms(host.last().in().array()), told);
            assertFalse(Reception.polls(host.last().in().array()), told);
        } else {
            boolean moved = was.state() != now.state();
            boolean quiet =
                    Reception.number(in, 16) == 0
                            || Reception.demands(in) && now.state() == State.UP && !now.polling();
            assertTrue(count == (moved && !quiet ? 1 : 0), told);
        }
        for (Host.Sent packet : host.sent()) {
            byte[] out = packet.in().array();
            assertEquals(now.state(), Reception.state(out), told);
            assertEquals(now.discriminator(), Reception.number(out, 4), told);
            assertEquals(now.remoteDiscriminator(), Reception.number(out, 8), told);
            assertTrue(Reception.confirms(out) == Reception.polls(in), told);
        }
    }

    /// All that a packet for somebody else must not change.
    private static List<Object> essence(SessionStatus session) {
        return List.of(
                session.state(),
                session.remoteState(),
                session.diagnostic(),
                session.remoteDiagnostic(),
                session.discriminator(),
                session.remoteDiscriminator(),
                session.polling(),
                session.remoteDemands(),
                session.intervals(),
                session.lastSeen(),
                session.counters().received(),
                session.counters().sent());
    }

    /// A packet that is good, or odd, or damaged, or nothing but octets.
    private Arrival arrival(int target) {
        boolean authenticated = target >= 2;
        int kind = chance.nextInt(10);
        byte[] packet = kind < 7 ? likely(target) : odd(target);
        boolean genuine = authenticated && chance.nextInt(8) > 0;
        if (genuine) {
            packet = sealed(target, key(target), false, sequence[target] + 1, packet);
        } else if (authenticated || chance.nextInt(10) == 0) {
            packet = dubious(target, packet);
        }
        byte[] arrived = kind == 9 ? octets() : damaged(packet);
        int from = chance.nextInt(12) == 0 ? chance.nextInt(FROM.length) : target;
        boolean whole =
                arrived.length >= packet.length
                        && Arrays.equals(packet, Arrays.copyOf(arrived, packet.length));
        return new Arrival(
                arrived,
                FROM[from],
                (from == 3) ^ chance.nextInt(30) == 0,
                chance.nextInt(30) == 0 ? 33 : from == 1 ? 64 : 255,
                genuine && whole ? Optional.of(status(target).spec().name()) : Optional.empty());
    }

    private byte[] octets() {
        byte[] octets = new byte[chance.nextInt(80)];
        chance.nextBytes(octets);
        return octets;
    }

    private byte[] damaged(byte[] packet) {
        boolean cut = chance.nextInt(10) == 0;
        byte[] damaged = Arrays.copyOf(packet, cut ? chance.nextInt(80) : packet.length);
        int flips = chance.nextInt(4) == 0 ? 1 + chance.nextInt(3) : 0;
        for (int i = 0; i < flips && damaged.length > 0; i++) {
            damaged[chance.nextInt(damaged.length)] ^= (byte) (1 << chance.nextInt(8));
        }
        return damaged;
    }

    /// By another key, in the other way, with a number that does not fit, or without a section.
    private byte[] dubious(int target, byte[] packet) {
        SessionStatus session = status(target);
        boolean fresh =
                session.lastSeen()
                        .filter(at -> at.plus(session.intervals().detection()).isAfter(host.now()))
                        .isPresent();
        int next = sequence[target] + 1;
        return switch (chance.nextInt(fresh ? 4 : 3)) {
            case 0 -> sealed(target, OTHER, false, next, packet);
            case 1 -> sealed(target, key(target), true, next, packet);
            case 2 -> packet;
            default ->
                    sealed(
                            target,
                            key(target),
                            false,
                            next + (chance.nextBoolean() ? 1_000 : -2) * (1 + chance.nextInt(99)),
                            packet);
        };
    }

    /// @param astray whether in the other way than was agreed
    private byte[] sealed(
            int target, AuthenticationKey key, boolean astray, int number, byte[] packet) {
        boolean meticulous =
                status(target).spec().authentication() instanceof KeyedSha1 sha1
                        && sha1.meticulous();
        int type = meticulous == astray ? Sha1Codec.KEYED : Sha1Codec.METICULOUS;
        return new Sha1Codec().seal(packet, type, key, number);
    }

    /// What a neighbour would send that follows the standard.
    private byte[] likely(int target) {
        SessionStatus session = status(target);
        State state =
                switch (session.state()) {
                    case ADMIN_DOWN, DOWN -> chance.nextBoolean() ? State.DOWN : State.INIT;
                    case INIT -> chance.nextBoolean() ? State.INIT : State.UP;
                    case UP -> chance.nextInt(20) == 0 ? State.DOWN : State.UP;
                };
        int flags =
                switch (chance.nextInt(8)) {
                    case 0 -> PacketCodec.POLL;
                    case 1 -> PacketCodec.FINAL;
                    case 2 -> PacketCodec.DEMAND;
                    default -> 0;
                };
        return PacketCodec.encode(
                state,
                Diagnostic.NONE,
                flags,
                1 + chance.nextInt(5),
                1 + chance.nextInt(3),
                state == State.DOWN && chance.nextBoolean() ? 0 : session.discriminator(),
                10_000_000L << chance.nextInt(7),
                10_000_000L << chance.nextInt(7));
    }

    /// Any values that the fields can have.
    private byte[] odd(int target) {
        return PacketCodec.encode(
                State.of(chance.nextInt(4)),
                DIAGNOSTICS.get(chance.nextInt(DIAGNOSTICS.size())),
                chance.nextBoolean() ? 0 : chance.nextInt(64),
                1 + chance.nextInt(255),
                1 + chance.nextInt(3),
                chance.nextInt(3) == 0 ? 0 : status(target).discriminator(),
                1_000L << chance.nextInt(32),
                chance.nextInt(10) == 0 ? 0 : 1_000L << chance.nextInt(32));
    }

    private SessionStatus status(int session) {
        return host.node().status().get(session);
    }

    private static Duration micros(int field) {
        return Duration.ofNanos(Integer.toUnsignedLong(field) * 1_000);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
