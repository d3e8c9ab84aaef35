package holdfast.daemon.balance;

import holdfast.daemon.balance.ConnectionCount.Load;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Reply;
import holdfast.netlink.conntrack.Translated;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts the connections that are translated, every few seconds and in small portions: the kernel
/// makes up its list as it is read, so a portion takes little time however many there are.
///
/// Confined to the thread of the plane, with a socket of its own.
final class ConnectionSurvey implements AutoCloseable {

    /// Where connections go: the service's address, or whatever stood in its place, and the server.
    record Way(int protocol, Endpoint service, Endpoint server) {}

    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration PORTION = Duration.ofMillis(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// After a round that took long, the next comes later: so many times as long.
    private static final int REST = 20;

    /// Bits by which a connection is known again, for each that there was: one in so many is taken
    /// for known that is not.
    private static final int BITS_PER_CONNECTION = 32;

    private static final int BITS_MIN = 1 << 12;
    private static final int BITS_MAX = 1 << 26;

    private final NetlinkSocket socket;
    private final MessageWriter out = new MessageWriter();
    private final Deque<Family> questions = new ArrayDeque<>();
    private final Map<Way, Load> loads = new HashMap<>();
    private Known before = new Known(BITS_MIN);
    private Known seen = before;
    private int sequence;
    private boolean asking;
    private boolean intact;
    private long worked;

    /// Connections that can be known again, by their numbers.
    private static final class Known {
        private final int mask;
        private final BitSet bits = new BitSet();
        private int count;

        Known(int bits) {
            this.mask = bits - 1;
        }

        void add(int id) {
            bits.set(id & mask);
            count++;
        }

        boolean has(int id) {
            return bits.get(id & mask);
        }

        /// Room for about as many again.
        Known next() {
            long wanted = (long) count * BITS_PER_CONNECTION;
            int room = Math.clamp(wanted, BITS_MIN, BITS_MAX);
            return new Known(Integer.highestOneBit(room));
        }
    }

    ConnectionSurvey() throws SyscallException {
        this.socket = NetlinkSocket.open(NetlinkSocket.Protocol.NETFILTER);
    }

    /// When the round after one that ends now should begin.
    MonoTime next(MonoTime now) {
        Duration rest = Duration.ofNanos(worked).multipliedBy(REST);
        return now.plus(rest.compareTo(ROUND) > 0 ? rest : ROUND);
    }

    /// Begins a round.
    void begin(Set<Family> families) {
        if (intact) {
            before = seen;
        }
        seen = before.next();
        loads.clear();
        questions.clear();
        questions.addAll(families);
        asking = false;
        intact = true;
        worked = 0;
    }

    /// When to go on with a round that is not complete.
    MonoTime pause(MonoTime now) {
        return now.plus(PAUSE);
    }

    /// Reads another portion.
    ///
    /// @return whether the round is complete
    boolean proceed() throws SyscallException {
        long began = EventLoop.clock().nanos();
        long untilNanos = began + PORTION.toNanos();
        boolean complete = false;
        while (!complete && EventLoop.clock().nanos() < untilNanos) {
            if (!asking && questions.isEmpty()) {
                complete = true;
            } else {
                step();
            }
        }
        worked += EventLoop.clock().nanos() - began;
        return complete;
    }

    private void step() throws SyscallException {
        if (!asking) {
            sequence++;
            Translated.list(out, sequence, questions.remove());
            SyscallException.check("ask for connections", socket.send(out.batch()));
            out.clear();
            asking = true;
        }
        long result = socket.receive();
        if (Errno.EAGAIN.is(result) || Errno.ENOBUFS.is(result)) {
            intact = false;
            asking = false;
            return;
        }
        SyscallException.check("hear of connections", result);
        for (Message message : Message.in(socket.received())) {
            if (message.sequence() == sequence) {
                hear(message);
            }
        }
    }

    private void hear(Message message) throws SyscallException {
        switch (Reply.to(message)) {
            case Reply.Data(var data) -> Translated.of(data).ifPresent(this::note);
            case Reply.Done(_, boolean interrupted) -> {
                intact &= !interrupted;
                asking = false;
            }
            case Reply.Refused no ->
                    SyscallException.check("count connections", -Math.max(1, no.errno()));
            case Reply.Acknowledged _, Reply.Nothing _ -> {}
        }
    }

    private void note(Translated connection) {
        if (connection.active()) {
            Way way = new Way(connection.protocol(), connection.service(), connection.server());
            boolean old = before.has(connection.id());
            loads.merge(way, old ? Load.ONE_OLD : Load.ONE_YOUNG, Load::plus);
            seen.add(connection.id());
        }
    }

    /// What a complete round found; empty where the kernel left something out.
    Optional<Map<Way, Load>> findings() {
        return intact ? Optional.of(Map.copyOf(loads)) : Optional.empty();
    }

    @Override
    public void close() {
        socket.close();
    }
}
