package holdfast.bfd;

import holdfast.bfd.BfdEvent.DeadlineReached;
import holdfast.bfd.BfdEvent.PacketReceived;
import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A node with its clock, whose sockets always open; keeps what it was asked for.
final class Host {

    static final IpAddress HERE = ip("192.0.2.1");
    static final IpAddress THERE = ip("192.0.2.2");
    static final int ITS_DISCRIMINATOR = 77;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A packet that was sent, and when.
    record Sent(MonoTime at, ByteBuffer in) {
        boolean has(int flag) {
            return PacketCodec.has(in, flag);
        }

        State state() {
            return PacketCodec.state(in);
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private final BfdNode node;
    private MonoTime now = new MonoTime(0);

    Host(long seed, SessionSpec... specs) {
        this(seed, new BfdSpec(List.of(specs), Conduct.USUAL));
    }

    Host(long seed, BfdSpec spec) {
        node = new BfdNode(seed);
        tell(new BfdEvent.Respecified(spec));
    }

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    /// A session with the neighbour at [#THERE]: up at 50 ms, multiplier 3.
    static SessionSpec session(boolean passive) {
        return session(passive, 50, 50, 3);
    }

    static SessionSpec session(boolean passive, long minRx, long minTx, int multiplier) {
        Timers timers =
                new Timers(
                        Duration.ofMillis(minRx),
                        Duration.ofMillis(minTx),
                        Duration.ofSeconds(1),
                        multiplier);
        return new SessionSpec("a", Path.to(THERE), timers, passive);
    }

    BfdNode node() {
        return node;
    }

    MonoTime now() {
        return now;
    }

    SessionStatus status() {
        return node.status().getFirst();
    }

    State state() {
        return status().state();
    }

    /// Lets time pass; every deadline is kept to the nanosecond.
    Host until(long millis) {
        return until(new MonoTime(millis * NANOS_PER_MILLI));
    }

    Host until(MonoTime end) {
        while (!node.deadline().isAfter(end)) {
            now = node.deadline().isAfter(now) ? node.deadline() : now;
            tell(new DeadlineReached());
        }
        now = end;
        return this;
    }

    Host tell(BfdEvent event) {
        for (BfdEffect effect : node.on(now, event)) {
            switch (effect) {
                case BfdEffect.OpenSender(var name, _) -> tell(new BfdEvent.SenderReady(name));
                case BfdEffect.CloseSender(var name) -> told.append("close ").append(name);
                case BfdEffect.SendPacket(_, var message) ->
                        sent.add(new Sent(now, ByteBuffer.wrap(message)));
                case BfdEffect.StateChanged(_, var from, var to, var why, _) ->
                        told.append(from).append(" -> ").append(to).append(' ').append(why);
                case BfdEffect.VerdictIs(_, boolean up) ->
                        told.append("verdict ").append(up ? "up" : "down");
            }
            if (!(effect instanceof BfdEffect.SendPacket)
                    && !(effect instanceof BfdEffect.OpenSender)) {
                told.append('\n');
            }
        }
        return this;
    }

    /// Hears the neighbour, whose intervals are 50 ms.
    Host hears(State state, int flags) {
        return hears(packet(state, flags, 3, 50, 50));
    }

    Host hears(byte[] message) {
        return hears(message, 255);
    }

    Host hears(byte[] message, int ttl) {
        return tell(
                new PacketReceived(
                        false, new Datagram(THERE, HERE, ttl, ByteBuffer.wrap(message))));
    }

    byte[] packet(State state, int flags, int multiplier, long minTx, long minRx) {
        return PacketCodec.encode(
                state,
                Diagnostic.NONE,
                flags,
                multiplier,
                ITS_DISCRIMINATOR,
                state == State.DOWN ? 0 : status().discriminator(),
                minTx * NANOS_PER_MILLI,
                minRx * NANOS_PER_MILLI);
    }

    /// Has a session that is up, and of which nothing is open.
    Host up() {
        hears(State.DOWN, 0).hears(State.INIT, 0).hears(State.UP, PacketCodec.FINAL);
        skip();
        return this;
    }

    Host skip() {
        sent.clear();
        told.setLength(0);
        return this;
    }

    List<Sent> sent() {
        return sent;
    }

    Sent last() {
        return sent.getLast();
    }

    /// Facts, a line each, since the last [#skip].
    String told() {
        return told.toString();
    }
}
