package holdfast.bfd;

import holdfast.bfd.BfdEvent.DeadlineReached;
import holdfast.bfd.BfdEvent.PacketReceived;
import holdfast.bfd.BfdEvent.Respecified;
import holdfast.bfd.BfdEvent.SenderFailed;
import holdfast.bfd.BfdEvent.SenderReady;
import holdfast.bfd.BfdEvent.StopRequested;
import holdfast.net.IpAddress;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All BFD sessions of one host.
///
/// Deterministic: the same seed and the same events at the same times give the same effects.
/// Confined to one thread; holds no clock and does no I/O.
public final class BfdNode {

    private record Caller(IpAddress address, boolean multihop) {}

    private final Lots lots;
    private final Agenda<Session> agenda = new Agenda<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<Caller, List<Session>> byCaller = new HashMap<>();
    private final Tally tally = new Tally();
    private BfdSpec spec = BfdSpec.NOTHING;
    private boolean stopped;

    /// A host without sessions, until [Respecified] brings them.
    ///
    /// @param seed chooses discriminators and jitter; nobody should be able to guess it
    public BfdNode(long seed) {
        this.lots = new Lots(seed);
    }

    /// Takes one event, and returns what is to be done about it, in order.
    public List<BfdEffect> on(MonoTime now, BfdEvent event) {
        Turn turn = new Turn(now);
        if (stopped) {
            return turn.effects();
        }
        switch (event) {
            case PacketReceived(boolean multihop, var datagram) ->
                    onPacket(turn, multihop, datagram);
            case DeadlineReached() -> onDeadline(turn);
            case SenderReady(var name) -> {
                Session session = sessions.get(name);
                if (session != null) {
                    session.onSenderReady(turn);
                }
            }
            case SenderFailed(var name) -> {
                Session session = sessions.get(name);
                if (session != null) {
                    session.onSenderFailed(turn);
                }
            }
            case Respecified(var next) -> adopt(turn, next);
            case StopRequested() -> {
                for (Session session : sessions.values()) {
                    session.end(turn, spec.conduct().announcesStop());
                }
                stopped = true;
            }
        }
        return turn.effects();
    }

    /// When this node next wants [DeadlineReached]; may move with every event.
    public MonoTime deadline() {
        return stopped ? MonoTime.NEVER : agenda.firstAt();
    }

    /// Every session, in the order of the configuration.
    public List<SessionStatus> status() {
        List<SessionStatus> all = new ArrayList<>(sessions.size());
        for (Session session : sessions.values()) {
            all.add(session.status());
        }
        return all;
    }

    /// Packets that were ignored, and for no session.
    public Map<DropReason, Long> dropped() {
        return tally.counts();
    }

    private void onDeadline(Turn turn) {
        while (!agenda.firstAt().isAfter(turn.now())) {
            agenda.first().onDeadline(turn);
        }
    }

    private void onPacket(Turn turn, boolean multihop, Datagram datagram) {
        ByteBuffer in = datagram.payload();
        DropReason flaw = PacketCodec.flaw(in);
        if (flaw != null) {
            tally.dropped(flaw);
            return;
        }
        int discriminator = PacketCodec.yours(in);
        Session session =
                discriminator == 0 ? byAddress(multihop, datagram) : lots.holder(discriminator);
        if (session == null) {
            tally.dropped(DropReason.NO_SESSION);
        } else {
            session.onPacket(turn, datagram);
        }
    }

    private @Nullable Session byAddress(boolean multihop, Datagram datagram) {
        Caller caller = new Caller(datagram.source(), multihop);
        for (Session session : byCaller.getOrDefault(caller, List.of())) {
            Optional<IpAddress> source = session.spec().path().source();
            if (source.isEmpty() || source.get().equals(datagram.destination())) {
                return session;
            }
        }
        return null;
    }

    /// Makes the orders in force those of `next`; sessions go on by name.
    private void adopt(Turn turn, BfdSpec next) {
        Map<String, Session> old = new LinkedHashMap<>(sessions);
        sessions.clear();
        byCaller.clear();
        spec = next;
        Map<String, SessionSpec> wanted = new HashMap<>();
        for (SessionSpec orders : next.sessions()) {
            wanted.put(orders.name(), orders);
        }
        for (Session session : old.values()) {
            SessionSpec orders = wanted.get(session.spec().name());
            if (orders == null || !orders.path().leadsWhere(session.spec().path())) {
                session.end(turn, next.conduct().announcesStop());
            }
        }
        for (SessionSpec orders : next.sessions()) {
            Session session = old.get(orders.name());
            if (session != null && orders.path().leadsWhere(session.spec().path())) {
                session.respecify(turn, orders, next.conduct());
                session.tellVerdict(turn);
            } else {
                session = new Session(orders, next.conduct(), lots, agenda);
                session.begin(turn);
            }
            sessions.put(orders.name(), session);
            Caller caller = new Caller(orders.path().neighbour(), orders.path().multihop());
            byCaller.computeIfAbsent(caller, _ -> new ArrayList<>()).add(session);
        }
    }
}
