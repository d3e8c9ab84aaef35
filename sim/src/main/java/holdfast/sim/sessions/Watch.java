package holdfast.sim.sessions;

import holdfast.bfd.BfdEffect;
import holdfast.bfd.BfdEvent;
import holdfast.bfd.Diagnostic;
import holdfast.bfd.SessionStatus;
import holdfast.bfd.State;
import holdfast.bfd.Timers;
import holdfast.sim.Coverage;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows the session of one side, and works out by itself what it may and must do.
///
/// While a poll sequence runs, old and new timers may count: then it knows bounds.
final class Watch {

    private final Coverage coverage;
    private final String name;
    private @Nullable Packet heard;
    private @Nullable MonoTime heardAt;
    private @Nullable MonoTime spokeAt;
    private Timers least = Timers.DEFAULT;
    private Timers most = Timers.DEFAULT;
    private boolean fresh = true;
    private Duration leastGap = Duration.ZERO;
    private Duration mostGap = Duration.ZERO;
    private boolean believedUp;

    /// Whether the neighbour went on purpose, which is no failure.
    private boolean pardoned;

    Watch(Coverage coverage, String name) {
        this.coverage = coverage;
        this.name = name;
    }

    /// A new process knows nothing.
    void forget() {
        heard = null;
        heardAt = null;
        spokeAt = null;
        fresh = true;
        believedUp = false;
        pardoned = false;
    }

    /// The bound of what counts as silence; zero if nobody was ever heard.
    Duration mostDetection() {
        return detection(most);
    }

    boolean hasHeardSince(MonoTime when) {
        return heardAt != null && heardAt.isAfter(when);
    }

    private Duration detection(Timers ours) {
        return heard == null
                ? Duration.ZERO
                : longer(ours.minRx(), heard.minTx()).multipliedBy(heard.multiplier());
    }

    /// Looks at one event of a process that has the session before and after it.
    void look(
            MonoTime now,
            BfdEvent event,
            Optional<Packet> packet,
            SessionStatus was,
            SessionStatus is,
            List<BfdEffect> effects,
            MonoTime deadline) {
        boolean counted = is.counters().received() > was.counters().received();
        transitions(now, event, packet.filter(_ -> counted), was, is);
        if (counted) {
            heard = packet.orElseThrow();
            heardAt = now;
        }
        follow(was, is);
        speech(now, packet.filter(_ -> counted), was, is, effects);
        verdicts(effects, was, is);
        if (is.state() == State.UP || is.state() == State.INIT) {
            MonoTime end = at(heardAt).plus(mostDetection());
            ask(
                    SessionLaw.DETECTION,
                    !deadline.isAfter(end) && (end.isAfter(now) || !isDeadline(event)),
                    is);
        }
        diligence(event, is, deadline);
    }

    private void transitions(
            MonoTime now,
            BfdEvent event,
            Optional<Packet> counted,
            SessionStatus was,
            SessionStatus is) {
        boolean same = was.discriminator() == is.discriminator();
        ask(SessionLaw.DISCRIMINATORS, is.discriminator() != 0 && same, is);
        if (was.state() == is.state()) {
            boolean followed =
                    counted.isEmpty() || next(was.state(), counted.get().state()) == is.state();
            ask(SessionLaw.TRANSITIONS, followed, is);
            return;
        }
        switch (event) {
            case BfdEvent.PacketReceived _ ->
                    ask(
                            SessionLaw.TRANSITIONS,
                            counted.isPresent()
                                    ? next(was.state(), counted.get().state()) == is.state()
                                    : was.state() == State.ADMIN_DOWN,
                            is);
            case BfdEvent.DeadlineReached _ -> {
                boolean expired =
                        is.state() == State.DOWN
                                && is.diagnostic() == Diagnostic.DETECTION_TIME_EXPIRED;
                ask(SessionLaw.TRANSITIONS, expired || was.state() == State.ADMIN_DOWN, is);
                ask(
                        SessionLaw.DETECTION,
                        !expired || !at(heardAt).plus(detection(least)).isAfter(now),
                        is);
            }
            case BfdEvent.SenderReady _ ->
                    ask(SessionLaw.TRANSITIONS, was.state() == State.ADMIN_DOWN, is);
            case BfdEvent.SenderFailed _ ->
                    ask(SessionLaw.TRANSITIONS, is.state() == State.ADMIN_DOWN, is);
            case BfdEvent.Respecified _ -> ask(SessionLaw.RELOAD_KEEPS, false, is);
            case BfdEvent.StopRequested _ -> {}
        }
    }

    /// By the words of section 6.8.6.
    private static State next(State now, State remote) {
        return switch (now) {
            case ADMIN_DOWN -> State.ADMIN_DOWN;
            case DOWN ->
                    switch (remote) {
                        case DOWN -> State.INIT;
                        case INIT -> State.UP;
                        case ADMIN_DOWN, UP -> State.DOWN;
                    };
            case INIT ->
                    switch (remote) {
                        case ADMIN_DOWN -> State.DOWN;
                        case DOWN -> State.INIT;
                        case INIT, UP -> State.UP;
                    };
            case UP -> remote == State.ADMIN_DOWN || remote == State.DOWN ? State.DOWN : State.UP;
        };
    }

    /// Notes which timers may count now.
    private void follow(SessionStatus was, SessionStatus is) {
        Timers now = inForce(is);
        if (fresh || !is.polling() && !was.polling() && is.state() == was.state()) {
            least = now;
            most = now;
            fresh = false;
        } else if (!is.polling()) {
            least = now;
            most = now;
        } else {
            least =
                    new Timers(
                            shorter(least.minRx(), now.minRx()),
                            shorter(least.minTx(), now.minTx()),
                            now.idleTx(),
                            now.multiplier());
            most =
                    new Timers(
                            longer(most.minRx(), now.minRx()),
                            longer(most.minTx(), now.minTx()),
                            now.idleTx(),
                            now.multiplier());
        }
        Duration low = longer(least.minTx(), bearable());
        Duration high = longer(most.minTx(), bearable());
        leastGap = shorter(leastGap, low);
        mostGap = longer(mostGap, high);
    }

    private Duration bearable() {
        return heard == null ? Duration.ZERO : heard.minRx();
    }

    private static Timers inForce(SessionStatus is) {
        Timers ours = is.spec().timers();
        Duration tx = is.state() == State.UP ? ours.minTx() : ours.idleTx();
        return new Timers(ours.minRx(), tx, ours.idleTx(), ours.multiplier());
    }

    private void speech(
            MonoTime now,
            Optional<Packet> counted,
            SessionStatus was,
            SessionStatus is,
            List<BfdEffect> effects) {
        int answers = 0;
        for (BfdEffect effect : effects) {
            if (!(effect instanceof BfdEffect.SendPacket(_, var message))) {
                continue;
            }
            Packet said = new Packet(message);
            ask(SessionLaw.ANSWERS, !(said.polls() && said.confirms()), is);
            boolean spoken = !is.spec().passive() || heard != null;
            ask(SessionLaw.PASSIVE, spoken, is);
            if (said.confirms()) {
                answers++;
                continue;
            }
            if (spokeAt != null && was.state() == is.state() && was.state() != State.ADMIN_DOWN) {
                Duration gap = now.since(spokeAt);
                ask(
                        SessionLaw.RESTRAINT,
                        gap.multipliedBy(4).compareTo(leastGap.multipliedBy(3)) >= 0,
                        is);
            }
            spokeAt = now;
            leastGap = longer(least.minTx(), bearable());
            mostGap = longer(most.minTx(), bearable());
        }
        int wanted = counted.filter(Packet::polls).isPresent() ? 1 : 0;
        ask(SessionLaw.ANSWERS, answers == wanted, is);
    }

    private void diligence(BfdEvent event, SessionStatus is, MonoTime deadline) {
        boolean may =
                is.state() != State.ADMIN_DOWN
                        && (!is.spec().passive() || is.remoteDiscriminator() != 0);
        if (may && spokeAt != null && isDeadline(event)) {
            ask(SessionLaw.DILIGENCE, !deadline.isAfter(spokeAt.plus(mostGap)), is);
        }
    }

    private void verdicts(List<BfdEffect> effects, SessionStatus was, SessionStatus is) {
        if (was.state() == State.UP && heard != null && heard.state() == State.ADMIN_DOWN) {
            pardoned = true;
        }
        for (BfdEffect effect : effects) {
            if (effect instanceof BfdEffect.VerdictIs(_, boolean up)) {
                believedUp = up;
                pardoned = false;
            }
        }
        boolean up = is.state() == State.UP;
        ask(SessionLaw.VERDICTS, believedUp == up || pardoned && !up, is);
    }

    /// Both sides go by what both want.
    void negotiated(SessionStatus ours, SessionStatus theirs) {
        Timers here = ours.spec().timers();
        Timers there = theirs.spec().timers();
        Duration transmit = longer(here.minTx(), there.minRx());
        Duration receive = longer(here.minRx(), there.minTx());
        boolean kept =
                ours.intervals().transmit().equals(transmit)
                        && ours.intervals().receive().equals(receive)
                        && ours.intervals()
                                .detection()
                                .equals(receive.multipliedBy(there.multiplier()))
                        && ours.intervals()
                                .remoteDetection()
                                .equals(transmit.multipliedBy(here.multiplier()));
        ask(SessionLaw.NEGOTIATED, kept && !ours.polling(), ours);
    }

    private void ask(SessionLaw law, boolean kept, SessionStatus is) {
        coverage.expect(law, kept, () -> name + ": " + is);
    }

    private static MonoTime at(@Nullable MonoTime time) {
        return time == null ? new MonoTime(0) : time;
    }

    private static boolean isDeadline(BfdEvent event) {
        return event instanceof BfdEvent.DeadlineReached;
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
