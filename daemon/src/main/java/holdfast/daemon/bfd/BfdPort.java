package holdfast.daemon.bfd;

import holdfast.bfd.BfdSpec;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.ReceiveBatch;
import holdfast.linux.SyscallException;
import holdfast.linux.UdpListener;
import holdfast.linux.UdpSender;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets of BFD: one that hears for each family and port in use, and one that sends for each
/// session, from a port of its own (RFC 5881, section 4). What cannot be opened is tried again.
///
/// Confined to one thread.
final class BfdPort implements AutoCloseable {

    /// Who wants to hear of packets, and of sockets that could be opened after all.
    interface Listener {
        void onPacket(MonoTime now, boolean multihop, Datagram datagram);

        void onSender(MonoTime now, String session);
    }

    private record Ear(Family family, boolean multihop) {
        int port() {
            return multihop ? Path.MULTIHOP_PORT : Path.SINGLE_HOP_PORT;
        }
    }

    private static final int BATCH = 32;

    /// More than any packet has; of one that is longer still, the length is wrong.
    private static final int DATAGRAM_BYTES = 256;

    /// Batches of one socket in a turn; the rest comes in the next.
    private static final int BATCHES_MAX = 4;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Reporter reporter;
    private final EventLoop loop;
    private final Listener listener;
    private final SplittableRandom chance;
    private final ReceiveBatch batch = new ReceiveBatch(BATCH, DATAGRAM_BYTES);
    private final Map<Ear, UdpListener> ears = new HashMap<>();
    private final Map<String, UdpSender> senders = new HashMap<>();

    // What could not be opened.
    private final Set<Ear> deaf = new LinkedHashSet<>();
    private final Map<String, Path> mute = new LinkedHashMap<>();

    private MonoTime retryAt = MonoTime.NEVER;

    /// What was last said of each ear or session; said once until it works again.
    private final Map<Object, String> complaints = new HashMap<>();

    /// @param seed of the ports that are tried first
    BfdPort(Reporter reporter, EventLoop loop, Listener listener, long seed) {
        this.reporter = reporter;
        this.loop = loop;
        this.listener = listener;
        this.chance = new SplittableRandom(seed);
    }

    /// Hears on all ports that these sessions need, besides those that are open.
    void open(MonoTime now, BfdSpec spec) {
        for (Ear ear : needed(spec)) {
            if (!ears.containsKey(ear)) {
                tryOpen(now, ear);
            }
        }
    }

    /// Hears no longer on ports that these sessions do not need.
    void prune(BfdSpec spec) {
        Set<Ear> needed = needed(spec);
        deaf.retainAll(needed);
        for (Ear ear : Set.copyOf(ears.keySet())) {
            @Nullable UdpListener socket = needed.contains(ear) ? null : ears.remove(ear);
            if (socket != null) {
                close(socket);
            }
        }
    }

    private static Set<Ear> needed(BfdSpec spec) {
        Set<Ear> needed = new HashSet<>();
        for (SessionSpec session : spec.sessions()) {
            needed.add(new Ear(session.path().neighbour().family(), session.path().multihop()));
        }
        return needed;
    }

    private void tryOpen(MonoTime now, Ear ear) {
        try {
            UdpListener socket = UdpListener.open(ear.family(), ear.port());
            ears.put(ear, socket);
            loop.watch(socket.fd(), new Mouthpiece(ear, socket));
            deaf.remove(ear);
            complaints.remove(ear);
        } catch (SyscallException e) {
            complain(
                    ear,
                    Level.ERROR,
                    "Cannot hear on port %d: %s; tries again"
                            .formatted(ear.port(), e.getMessage()));
            deaf.add(ear);
            retry(now);
        }
    }

    /// Has a socket for a session, in place of the one that it may have. If there is none, and one
    /// could be opened later, that is told.
    boolean openSender(MonoTime now, String session, Path path) {
        closeSender(session);
        if (tryOpen(session, path)) {
            return true;
        }
        mute.put(session, path);
        retry(now);
        return false;
    }

    private boolean tryOpen(String session, Path path) {
        try {
            senders.put(
                    session,
                    UdpSender.open(
                            new Endpoint(path.neighbour(), path.port()),
                            path.source(),
                            path.ttl(),
                            chance.nextInt(UdpSender.FIRST_PORT, UdpSender.LAST_PORT + 1)));
            complaints.remove(session);
            return true;
        } catch (SyscallException e) {
            complain(
                    session,
                    Level.WARNING,
                    "(%s) Cannot send: %s; tries again".formatted(session, e.getMessage()));
            return false;
        }
    }

    void closeSender(String session) {
        mute.remove(session);
        @Nullable UdpSender sender = senders.remove(session);
        if (sender != null) {
            sender.close();
        }
    }

    void send(String session, byte[] message) {
        @Nullable UdpSender sender = senders.get(session);
        if (sender == null) {
            return;
        }
        long result = sender.send(message);
        if (result < 0) {
            complain(
                    session,
                    Level.WARNING,
                    "(%s) Cannot send: %s".formatted(session, Errno.describe(result)));
        } else if (!complaints.isEmpty()) {
            complaints.remove(session);
        }
    }

    private void retry(MonoTime now) {
        retryAt = now.plus(RETRY);
    }

    MonoTime deadline() {
        return retryAt;
    }

    void onDeadline(MonoTime now) {
        retryAt = MonoTime.NEVER;
        Set.copyOf(deaf).forEach(ear -> tryOpen(now, ear));
        for (Map.Entry<String, Path> one : Map.copyOf(mute).entrySet()) {
            if (tryOpen(one.getKey(), one.getValue())) {
                mute.remove(one.getKey());
                listener.onSender(now, one.getKey());
            }
        }
        if (!mute.isEmpty()) {
            retry(now);
        }
    }

    private void complain(Object about, Level level, String line) {
        if (!line.equals(complaints.put(about, line))) {
            reporter.log(level, line);
        }
    }

    /// Hands on what one socket hears. A class, and not a lambda: what one keeps is made anew for
    /// each batch.
    private final class Mouthpiece implements EventLoop.Source, Consumer<Datagram> {

        private final Ear ear;
        private final UdpListener socket;
        private MonoTime turn = MonoTime.NEVER;

        Mouthpiece(Ear ear, UdpListener socket) {
            this.ear = ear;
            this.socket = socket;
        }

        @Override
        public void onReadable(MonoTime now) {
            turn = now;
            for (int i = 0; i < BATCHES_MAX; i++) {
                int count = socket.receive(batch, this);
                if (count < 0 && !Errno.EAGAIN.is(count) && !Errno.EINTR.is(count)) {
                    complain(
                            ear,
                            Level.WARNING,
                            "Cannot hear on port " + ear.port() + ": " + Errno.describe(count));
                }
                if (count < BATCH) {
                    return;
                }
            }
        }

        @Override
        public void accept(Datagram datagram) {
            listener.onPacket(turn, ear.multihop(), datagram);
        }
    }

    private void close(UdpListener socket) {
        loop.unwatch(socket.fd());
        socket.close();
    }

    @Override
    public void close() {
        ears.values().forEach(this::close);
        ears.clear();
        senders.values().forEach(UdpSender::close);
        senders.clear();
        batch.close();
    }
}
