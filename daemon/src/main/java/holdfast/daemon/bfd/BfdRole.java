package holdfast.daemon.bfd;

import holdfast.bfd.BfdEffect;
import holdfast.bfd.BfdEvent;
import holdfast.bfd.BfdNode;
import holdfast.bfd.SessionSpec;
import holdfast.config.BfdOrders;
import holdfast.config.GlobalSpec.ProcessSpec;
import holdfast.daemon.LateTimers;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The loop of BFD: packets and time to the sessions, what they order to sockets, and what they
/// come to, to those who depend on it.
///
/// Made on any thread; runs on one of its own, in whose network namespace the neighbours are.
public final class BfdRole implements EventLoop.Ticker, BfdPort.Listener {

    /// Until a full mailbox is tried again.
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final Reporter reporter;
    private final Mailbox<RoleMessage> inbox;
    private final Predicate<Map<String, Boolean>> checkers;
    private final BfdNode node;
    private final EventLoop loop;
    private final BfdPort port;
    private final Verdicts toRouters = new Verdicts();
    private final Verdicts toCheckers = new Verdicts();

    /// What was told last of each session.
    private final Map<String, Boolean> verdicts = new LinkedHashMap<>();

    private BfdOrders orders;
    private Optional<Mailbox<RoleMessage>> routers = Optional.empty();
    private MonoTime tellAgainAt = MonoTime.NEVER;

    /// @param checkers takes what the checkers may know; says whether there was room
    /// @param seed of what is left to chance
    public BfdRole(
            BfdOrders orders,
            ProcessSpec process,
            Reporter reporter,
            Mailbox<RoleMessage> inbox,
            Predicate<Map<String, Boolean>> checkers,
            long seed)
            throws SyscallException {
        this.orders = orders;
        this.reporter = reporter;
        this.inbox = inbox;
        this.checkers = checkers;
        this.node = new BfdNode(seed);
        this.loop = new EventLoop(this);
        loop.tellLate(process.urgency().lateness(), new LateTimers(process, reporter));
        this.port = new BfdPort(reporter, loop, this, seed);
    }

    /// Returns when [RoleMessage.Stop] was carried out.
    public void run() throws IOException {
        try (loop;
                port) {
            loop.watch(inbox.fd(), this::onMessages);
            respecify(EventLoop.clock(), orders);
            loop.run();
            reporter.log(Level.DEBUG, "Deadlines were late by " + loop.lateness());
        }
    }

    @Override
    public void onPacket(MonoTime now, boolean multihop, Datagram datagram) {
        happened(now, new BfdEvent.PacketReceived(multihop, datagram));
    }

    @Override
    public void onSender(MonoTime now, String session) {
        happened(now, new BfdEvent.SenderReady(session));
    }

    private void onMessages(MonoTime now) {
        for (Optional<RoleMessage> next = inbox.receive();
                next.isPresent();
                next = inbox.receive()) {
            switch (next.get()) {
                case RoleMessage.RespecifyBfd(var spec) -> respecify(now, spec);
                case RoleMessage.TellRouters(var box) -> tellFrom(now, box);
                case RoleMessage.BfdIs(var answer) ->
                        answer.accept(new BfdStatus(node.status(), node.dropped()));
                case RoleMessage.Settle(var answer) -> answer.run();
                case RoleMessage.Stop() -> {
                    happened(now, new BfdEvent.StopRequested());
                    loop.stop();
                }
                case RoleMessage.ToVrrp _, RoleMessage.ToBalance _ ->
                        throw new IllegalStateException("not for BFD: " + next.get());
            }
        }
    }

    /// Sessions that go may still have to say so, and need their sockets for it.
    private void respecify(MonoTime now, BfdOrders next) {
        final Set<String> selected = new HashSet<>(orders.toCheckers());
        orders = next;
        port.open(now, next.spec());
        happened(now, new BfdEvent.Respecified(next.spec()));
        port.prune(next.spec());
        Set<String> names = new HashSet<>();
        for (SessionSpec session : next.spec().sessions()) {
            names.add(session.name());
        }
        for (String gone : Set.copyOf(verdicts.keySet())) {
            if (!names.contains(gone)) {
                verdicts.remove(gone);
                toRouters.put(gone, false);
                if (selected.contains(gone)) {
                    toCheckers.put(gone, false);
                }
            }
        }
        tell(now);
    }

    private void tellFrom(MonoTime now, Optional<Mailbox<RoleMessage>> box) {
        routers = box;
        verdicts.forEach(toRouters::put);
        tell(now);
    }

    private void happened(MonoTime now, BfdEvent event) {
        for (BfdEffect effect : node.on(now, event)) {
            carryOut(now, effect);
        }
        tell(now);
    }

    private void carryOut(MonoTime now, BfdEffect effect) {
        switch (effect) {
            case BfdEffect.SendPacket(var session, var message) -> port.send(session, message);
            case BfdEffect.OpenSender(var session, var path) ->
                    happened(
                            now,
                            port.openSender(now, session, path)
                                    ? new BfdEvent.SenderReady(session)
                                    : new BfdEvent.SenderFailed(session));
            case BfdEffect.CloseSender(var session) -> port.closeSender(session);
            case BfdEffect.StateChanged _ -> reporter.bfd(effect);
            case BfdEffect.VerdictIs(var session, boolean up) -> {
                verdicts.put(session, up);
                // Those that routers may not track, they do not.
                toRouters.put(session, up);
                if (orders.toCheckers().contains(session)) {
                    toCheckers.put(session, up);
                }
            }
        }
    }

    private void tell(MonoTime now) {
        boolean routersKnow =
                toRouters.flush(news -> routers.isEmpty() || routers.get().send(message(news)));
        boolean checkersKnow = toCheckers.flush(checkers);
        tellAgainAt = routersKnow && checkersKnow ? MonoTime.NEVER : now.plus(AGAIN);
    }

    private static RoleMessage message(Map<String, Boolean> news) {
        return new RoleMessage.SessionsAre(news);
    }

    @Override
    public MonoTime deadline() {
        return earlier(node.deadline(), earlier(port.deadline(), tellAgainAt));
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    @Override
    public void onDeadline(MonoTime now) {
        if (!node.deadline().isAfter(now)) {
            happened(now, new BfdEvent.DeadlineReached());
        }
        if (!port.deadline().isAfter(now)) {
            port.onDeadline(now);
        }
        if (!tellAgainAt.isAfter(now)) {
            tell(now);
        }
    }
}
