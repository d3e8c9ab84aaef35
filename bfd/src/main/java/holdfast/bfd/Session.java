package holdfast.bfd;

import holdfast.bfd.BfdEffect.OpenSender;
import holdfast.bfd.BfdEffect.SendPacket;
import holdfast.bfd.BfdEffect.StateChanged;
import holdfast.bfd.BfdEffect.VerdictIs;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One session, in asynchronous mode (RFC 5880, section 6.8).
final class Session {

    /// After which a socket that could not be had is asked for again.
    static final Duration SENDER_RETRY = Duration.ofSeconds(60);

    private final Lots lots;
    private final Agenda<Session> agenda;
    private final Agenda.Entry<Session> place = new Agenda.Entry<>(this);
    private final Pace pace;
    private final Poll poll = new Poll();
    private final Tally tally = new Tally();
    private SessionSpec spec;
    private Conduct conduct;

    /// Null if nothing is authenticated.
    private @Nullable Seal seal;

    /// Stays the same after a failure: BIRD does not believe a session that is Down if it has
    /// another one and does not name the neighbour's, and so waits for its detection time.
    private final int discriminator;

    private State state = State.DOWN;
    private Diagnostic diagnostic = Diagnostic.NONE;
    private boolean senderReady;

    private State remoteState = State.DOWN;
    private int remoteDiagnostic;
    private int remoteDiscriminator;
    private boolean remoteDemands;
    private @Nullable MonoTime lastSeen;

    private MonoTime sentAt = MonoTime.NEVER;
    private long sentInterval;
    private MonoTime sendAt = MonoTime.NEVER;
    private MonoTime expiresAt = MonoTime.NEVER;
    private MonoTime senderRetryAt = MonoTime.NEVER;
    private long sent;
    private long received;
    private long cameUp;

    Session(SessionSpec spec, Conduct conduct, Lots lots, Agenda<Session> agenda) {
        this.spec = spec;
        this.conduct = conduct;
        this.lots = lots;
        this.agenda = agenda;
        this.pace = new Pace(spec.timers());
        this.discriminator = lots.discriminatorFor(this);
        authenticate(spec.authentication());
    }

    SessionSpec spec() {
        return spec;
    }

    void begin(Turn turn) {
        turn.ask(new OpenSender(spec.name(), spec.path()));
        tellVerdict(turn);
    }

    void tellVerdict(Turn turn) {
        turn.ask(new VerdictIs(spec.name(), state == State.UP));
    }

    /// The same neighbour under new orders; the session goes on.
    void respecify(Turn turn, SessionSpec next, Conduct nextConduct) {
        Path before = spec.path();
        spec = next;
        conduct = nextConduct;
        if (!next.path().source().equals(before.source()) || next.path().ttl() != before.ttl()) {
            turn.ask(new OpenSender(spec.name(), spec.path()));
        }
        authenticate(spec.authentication());
        if (pace.want(spec.timers(), state == State.UP)) {
            poll.start();
        }
        awaitNext();
        schedule(turn);
    }

    private void authenticate(Authentication orders) {
        switch (orders) {
            case Authentication.None() -> seal = null;
            case Authentication.KeyedSha1 sha1 -> {
                if (seal == null) {
                    seal = new Seal(sha1, lots.sequence());
                } else {
                    seal.respecify(sha1);
                }
            }
        }
    }

    /// The session is no more.
    ///
    /// @param announced whether the neighbour is told
    void end(Turn turn, boolean announced) {
        if (announced && maySpeak()) {
            // No verdict: whoever tracks the session is told by other means that it is no more.
            turn.ask(
                    new StateChanged(
                            spec.name(),
                            state,
                            State.ADMIN_DOWN,
                            Diagnostic.ADMINISTRATIVELY_DOWN,
                            remoteDiagnostic));
            state = State.ADMIN_DOWN;
            diagnostic = Diagnostic.ADMINISTRATIVELY_DOWN;
            pace.want(spec.timers(), false);
            send(turn, 0);
        }
        lots.giveBack(discriminator);
        agenda.strike(place);
        turn.ask(new BfdEffect.CloseSender(spec.name()));
    }

    void onSenderReady(Turn turn) {
        boolean first = !senderReady;
        senderReady = true;
        senderRetryAt = MonoTime.NEVER;
        if (state == State.ADMIN_DOWN) {
            enter(turn, State.DOWN, Diagnostic.NONE);
        }
        if (first && mayBePeriodic()) {
            sendPeriodic(turn);
        }
        schedule(turn);
    }

    void onSenderFailed(Turn turn) {
        senderReady = false;
        senderRetryAt = turn.now().plus(SENDER_RETRY);
        forgetNeighbour();
        if (state != State.ADMIN_DOWN) {
            enter(turn, State.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN);
        }
        schedule(turn);
    }

    void onDeadline(Turn turn) {
        if (isDue(turn, senderRetryAt)) {
            senderRetryAt = turn.now().plus(SENDER_RETRY);
            turn.ask(new OpenSender(spec.name(), spec.path()));
        }
        if (isDue(turn, expiresAt)) {
            expire(turn);
        }
        if (isDue(turn, sendAt)) {
            sendPeriodic(turn);
        }
        schedule(turn);
    }

    /// A packet that is well formed, and for this session (RFC 5880, section 6.8.6).
    void onPacket(Turn turn, Datagram datagram) {
        ByteBuffer in = datagram.payload();
        DropReason objection = objection(turn, datagram);
        if (objection != null) {
            tally.dropped(objection);
            if (objection == DropReason.ADMIN_DOWN) {
                turn.ask(new OpenSender(spec.name(), spec.path()));
            }
            return;
        }
        received++;
        lastSeen = turn.now();
        remoteDiscriminator = PacketCodec.mine(in);
        remoteState = PacketCodec.state(in);
        remoteDiagnostic = PacketCodec.diagnostic(in);
        remoteDemands = PacketCodec.has(in, PacketCodec.DEMAND);
        pace.heard(
                PacketCodec.multiplier(in), PacketCodec.minTxNanos(in), PacketCodec.minRxNanos(in));
        if (PacketCodec.has(in, PacketCodec.FINAL) && poll.confirm()) {
            pace.agreed();
        }
        State before = state;
        follow(turn);
        expiresAt = turn.now();
        awaitNext();
        if (PacketCodec.has(in, PacketCodec.POLL)) {
            send(turn, PacketCodec.FINAL);
        } else if (state != before && mayBePeriodic()) {
            // Not a matter of the schedule: the neighbour is to know soon (section 6.8.7).
            sendPeriodic(turn);
        }
        schedule(turn);
    }

    private @Nullable DropReason objection(Turn turn, Datagram datagram) {
        if (!spec.path().admits(datagram.hopLimit())) {
            return DropReason.WRONG_TTL;
        }
        if (conduct.checksSource() && !datagram.source().equals(spec.path().neighbour())) {
            return DropReason.WRONG_SOURCE;
        }
        DropReason doubt = doubt(turn, datagram.payload());
        if (doubt != null) {
            return doubt;
        }
        return state == State.ADMIN_DOWN ? DropReason.ADMIN_DOWN : null;
    }

    private @Nullable DropReason doubt(Turn turn, ByteBuffer in) {
        boolean authenticated = PacketCodec.has(in, PacketCodec.AUTHENTICATED);
        if (seal == null) {
            return authenticated ? DropReason.AUTHENTICATED : null;
        }
        return authenticated
                ? seal.open(turn.now(), in, pace.detectionTime())
                : DropReason.NOT_AUTHENTICATED;
    }

    /// Draws the consequence of the state of the neighbour (RFC 5880, section 6.8.6).
    private void follow(Turn turn) {
        switch (state) {
            case ADMIN_DOWN -> {}
            case DOWN -> {
                if (remoteState == State.DOWN) {
                    enter(turn, State.INIT, Diagnostic.NONE);
                } else if (remoteState == State.INIT) {
                    enter(turn, State.UP, Diagnostic.NONE);
                }
            }
            case INIT -> {
                if (remoteState == State.ADMIN_DOWN) {
                    enter(turn, State.DOWN, Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
                } else if (remoteState != State.DOWN) {
                    enter(turn, State.UP, Diagnostic.NONE);
                }
            }
            case UP -> {
                if (remoteState == State.ADMIN_DOWN || remoteState == State.DOWN) {
                    enter(turn, State.DOWN, Diagnostic.NEIGHBOUR_SIGNALED_DOWN);
                }
            }
        }
    }

    private void enter(Turn turn, State next, Diagnostic why) {
        State before = state;
        state = next;
        diagnostic = why;
        poll.cancel();
        if (pace.want(spec.timers(), state == State.UP)) {
            poll.start();
        }
        turn.ask(new StateChanged(spec.name(), before, state, why, remoteDiagnostic));
        if (state == State.UP) {
            cameUp++;
            tellVerdict(turn);
        } else if (before == State.UP && remoteState != State.ADMIN_DOWN) {
            tellVerdict(turn);
        }
    }

    /// Nothing was heard for the detection time (RFC 5880, section 6.8.4).
    private void expire(Turn turn) {
        forgetNeighbour();
        if (state == State.INIT || state == State.UP) {
            enter(turn, State.DOWN, Diagnostic.DETECTION_TIME_EXPIRED);
            if (mayBePeriodic()) {
                sendPeriodic(turn);
            }
        }
    }

    /// Bears silence for the detection time after the last packet. That has to grow as soon as
    /// fewer packets are wanted: the neighbour may heed that at once.
    private void awaitNext() {
        if (lastSeen != null && !expiresAt.equals(MonoTime.NEVER)) {
            expiresAt = new MonoTime(lastSeen.nanos() + pace.detectionTime());
        }
    }

    /// The intervals that it wanted stay: it may still be there, and mean them.
    private void forgetNeighbour() {
        expiresAt = MonoTime.NEVER;
        remoteDiscriminator = 0;
        remoteState = State.DOWN;
        remoteDiagnostic = 0;
        remoteDemands = false;
        poll.cancel();
    }

    private boolean maySpeak() {
        return senderReady && !(spec.passive() && remoteDiscriminator == 0);
    }

    /// Whether packets may be sent that answer no poll (RFC 5880, section 6.8.7).
    private boolean mayBePeriodic() {
        boolean demanded =
                remoteDemands && state == State.UP && remoteState == State.UP && !poll.isRunning();
        return maySpeak() && pace.isWelcome() && !demanded;
    }

    private void sendPeriodic(Turn turn) {
        if (poll.isRunning()) {
            poll.sent();
        }
        send(turn, poll.isRunning() ? PacketCodec.POLL : 0);
        sentAt = turn.now();
        sendAt = MonoTime.NEVER;
    }

    private void send(Turn turn, int flags) {
        sent++;
        byte[] message =
                PacketCodec.encode(
                        state,
                        diagnostic,
                        flags,
                        pace.multiplier(),
                        discriminator,
                        remoteDiscriminator,
                        pace.minTx(),
                        pace.minRx());
        turn.ask(new SendPacket(spec.name(), seal == null ? message : seal.close(message)));
    }

    /// Finds out when to send next, if that is not known or no longer right, and asks to be woken.
    private void schedule(Turn turn) {
        long interval = pace.transmitInterval();
        if (!mayBePeriodic()) {
            sendAt = MonoTime.NEVER;
        } else if (sendAt.equals(MonoTime.NEVER) || interval != sentInterval) {
            long wait = lots.shortened(interval, pace.multiplier(), conduct.standardJitter());
            long from = sentAt.equals(MonoTime.NEVER) ? turn.now().nanos() : sentAt.nanos();
            sendAt = new MonoTime(Math.max(turn.now().nanos(), from + wait));
            sentInterval = interval;
        }
        MonoTime first = earlier(sendAt, earlier(expiresAt, senderRetryAt));
        if (first.equals(MonoTime.NEVER)) {
            agenda.strike(place);
        } else {
            agenda.put(place, first);
        }
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    private static boolean isDue(Turn turn, MonoTime deadline) {
        return !deadline.isAfter(turn.now());
    }

    SessionStatus status() {
        return new SessionStatus(
                spec,
                state,
                remoteState,
                diagnostic,
                remoteDiagnostic,
                discriminator,
                remoteDiscriminator,
                poll.isRunning(),
                remoteDemands,
                new SessionStatus.Intervals(
                        Duration.ofNanos(pace.transmitInterval()),
                        Duration.ofNanos(pace.receiveInterval()),
                        Duration.ofNanos(pace.detectionTime()),
                        Duration.ofNanos(pace.remoteDetectionTime())),
                Optional.ofNullable(lastSeen),
                new SessionStatus.Counters(sent, received, cameUp, tally.counts()));
    }
}
