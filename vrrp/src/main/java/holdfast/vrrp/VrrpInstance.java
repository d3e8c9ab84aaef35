package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEffect.FaultsChanged;
import holdfast.vrrp.VrrpEffect.HeardWeaker;
import holdfast.vrrp.VrrpEffect.Mismatch;
import holdfast.vrrp.VrrpEffect.PriorityChanged;
import holdfast.vrrp.VrrpEffect.RoleChanged;
import holdfast.wire.Datagram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One virtual router (RFC 9568, section 6.4; RFC 3768, section 6.4).
///
/// The node says what happened and carries agreement between the members of a group; the instance
/// alone decides about its own role. Confined to the thread of its node.
final class VrrpInstance {

    private final Shared shared;
    private final Tally tally = new Tally();
    private final Agenda.Entry<VrrpInstance> alarm = new Agenda.Entry<>(this);
    private final Dialect dialect;
    private final Voice voice;
    private final Holding holding;
    private final Standing standing;
    private final KnownMaster master;

    private VrrpSpec spec;
    private Optional<SyncGroupSpec> group = Optional.empty();
    private AdvertGate gate;
    private State state = new State.Init();
    private MonoTime since;
    private MonoTime advertisedAt;
    private boolean neverReady = true;
    private List<FaultReason> reasons = List.of();

    VrrpInstance(VrrpSpec spec, Shared shared, MonoTime now) {
        this.spec = spec;
        this.shared = shared;
        this.since = now;
        this.advertisedAt = now;
        this.dialect = Dialect.of(spec, shared.clock());
        this.voice = new Voice(spec, dialect);
        this.gate = new AdvertGate(spec, tally, dialect);
        this.holding = new Holding(spec, shared.announcements());
        this.standing = new Standing(spec, shared.surroundings());
        this.master = new KnownMaster(spec.timing().interval());
    }

    /// Takes a packet that was addressed to this virtual router.
    Outcome onPacket(Turn turn, Datagram datagram) {
        boolean listening = state instanceof State.Backup || state instanceof State.Master;
        if (!listening || shared.listensAt().isAfter(turn.now())) {
            gate.drop(turn, datagram, DropReason.NOT_LISTENING);
            return Outcome.NOTHING;
        }
        if (state instanceof State.Master && hasSlept(turn)) {
            giveUpAfterSleep(turn);
        }
        Optional<Heard> heard = gate.admit(turn, datagram);
        return heard.isPresent() ? hear(turn, datagram, heard.get()) : Outcome.NOTHING;
    }

    private Outcome hear(Turn turn, Datagram datagram, Heard heard) {
        gate.compare(turn, datagram, isKnownMaster(heard));
        if (!heard.isOwners() && standing.restore()) {
            reprioritize(turn, masterDown());
        }
        return switch (state) {
            case State.Backup backup -> inBackup(turn, backup, heard);
            case State.Master now -> inMaster(turn, now, heard);
            case State.Init _, State.Fault _, State.Ended _ -> Outcome.NOTHING;
        };
    }

    /// Does what is due; nothing when woken early.
    void onDeadline(Turn turn) {
        if (deadline().isAfter(turn.now())) {
            return;
        }
        switch (state) {
            case State.Backup backup when group.isPresent() ->
                    enter(backup.waitAgain(turn.now().plus(masterDown())));
            case State.Backup backup -> becomeMaster(turn, backup.expiryMeans());
            case State.Master _ when hasSlept(turn) -> giveUpAfterSleep(turn);
            case State.Master now -> keepMastership(turn, now);
            case State.Init _, State.Fault _, State.Ended _ -> {}
        }
    }

    /// Looks again at what is tracked, before anybody judges.
    void refresh(Turn turn) {
        voice.speakFrom(bestSource());
        reprioritize(turn, masterDown());
    }

    List<FaultReason> unknown() {
        return shared.surroundings().unknown(spec, tracking());
    }

    List<FaultReason> ownFaults() {
        return shared.surroundings().faults(spec, tracking(), bestSource());
    }

    /// Draws the consequence of what is known.
    ///
    /// @param unknown what is not known yet, here or in the group: keeps from starting
    /// @param faults what is wrong, here or in the group
    void judge(Turn turn, List<FaultReason> unknown, List<FaultReason> faults) {
        switch (state) {
            case State.Init _ when !unknown.isEmpty() -> reasons = unknown;
            case State.Init _ -> {
                holding.releaseResidue(turn);
                blame(turn, faults);
                if (faults.isEmpty()) {
                    becomeReady(turn, Cause.STARTED);
                } else {
                    becomeFaulty(turn);
                }
            }
            case State.Fault _ -> {
                blame(turn, faults.isEmpty() ? unknown : faults);
                if (reasons.isEmpty()) {
                    voice.announceOurselves(turn);
                    becomeReady(turn, Cause.FAULTS_CLEARED);
                }
            }
            case State.Backup _, State.Master _ -> {
                blame(turn, faults);
                if (!faults.isEmpty()) {
                    becomeFaulty(turn);
                }
            }
            case State.Ended _ -> {}
        }
    }

    /// Becomes master, alone or with its group.
    void becomeMaster(Turn turn, Cause cause) {
        standing.restore();
        standing.reckon(spec, tracking());
        master.forget();
        master.keeps(spec.timing().interval());
        advertise(turn);
        tally.becameMaster();
        holding.claim(turn);
        changeRole(turn, State.Master.takeover(turn, spec), Role.MASTER, cause);
    }

    /// Steps back because the group does, or because somebody took an address away.
    ///
    /// @param wait until it may be master again
    void stepBack(Turn turn, Cause cause, Duration wait) {
        leaveMaster(turn, true);
        becomeBackup(turn, cause, wait, Cause.MASTER_SILENT);
    }

    /// Says again where the addresses are, because a weaker router confused the switches.
    void answerWeaker(Turn turn) {
        if (state instanceof State.Master now && spec.announcing().lowerPriorityRepeat() > 0) {
            holding.announce(spec.announcing().lowerPriorityRepeat());
            enter(now.with(now.announcing().afterWeaker(turn.now(), spec.announcing())));
        }
    }

    /// Ends for good.
    ///
    /// @param end [Role#STOP] or [Role#DELETED]
    void end(Turn turn, Role end, Cause cause) {
        if (state instanceof State.Ended) {
            return;
        }
        if (state instanceof State.Master) {
            leaveMaster(turn, true);
        } else if (state instanceof State.Init) {
            holding.releaseResidue(turn);
        }
        changeRole(turn, new State.Ended(end), end, cause);
    }

    /// Gives up the addresses that `next` does not have; comes before anybody claims new ones.
    void releaseDropped(Turn turn, VrrpSpec next) {
        if (state instanceof State.Master) {
            holding.releaseDropped(turn, next);
        }
    }

    /// Follows new orders, and keeps its role and its place in time.
    void respecify(Turn turn, VrrpSpec next) {
        Duration oldMasterDown = masterDown();
        VrrpSpec old = spec;
        master.respecify(old, next);
        spec = next;
        holding.respecify(turn, next, state instanceof State.Master);
        dialect.respecify(next);
        gate = new AdvertGate(next, tally, dialect);
        voice.respecify(next);
        voice.speakFrom(bestSource());
        reprioritize(turn, oldMasterDown);
        switch (state) {
            case State.Backup backup when next.isOwner() && !old.isOwner() ->
                    enter(backup.until(start(turn).plus(DownTimer.AT_ONCE), Cause.OWNER));
            case State.Master now -> enter(now.respecified(turn.now(), old, next));
            case State.Backup _, State.Fault _ when old.isOwner() && !next.isOwner() ->
                    holding.releaseResidue(turn); // its addresses are its own no longer
            case State.Backup _, State.Init _, State.Fault _, State.Ended _ -> {}
        }
    }

    /// Becomes a member, or one no more; what the group tracks counts from the next look.
    void join(Optional<SyncGroupSpec> next) {
        group = next;
    }

    private Outcome inBackup(Turn turn, State.Backup backup, Heard heard) {
        if (heard.isResignation()) {
            enter(backup.waitAnew(turn.now().plus(skew()), Cause.MASTER_RESIGNED));
            return Outcome.NOTHING;
        }
        if (heard.priority() >= standing.priority() || !spec.election().preempt()) {
            return follow(turn, heard, Optional.empty());
        }
        Duration delay = spec.election().preemptDelay();
        if (!delay.isZero()) {
            MonoTime preemptAt = backup.preemptAt().orElse(turn.now().plus(delay));
            if (preemptAt.isAfter(turn.now())) {
                return follow(turn, heard, Optional.of(preemptAt));
            }
        }
        // A weaker master: let its time run out, then take over.
        enter(backup.until(backup.masterDownAt(), Cause.PREEMPTED_WEAKER));
        return Outcome.NOTHING;
    }

    /// Waits for this master. Its interval is ours in version 2, and binding in version 3.
    private Outcome follow(Turn turn, Heard heard, Optional<MonoTime> preemptAt) {
        master.keeps(heard.interval());
        enter(
                new State.Backup(
                        turn.now().plus(masterDown()), Cause.MASTER_SILENT, preemptAt, false));
        return Outcome.DEFERRED;
    }

    private Outcome inMaster(Turn turn, State.Master now, Heard heard) {
        if (heard.isResignation()) {
            advertiseAtOnce(turn, now);
            return Outcome.NOTHING;
        }
        int rank = heard.against(standing.priority(), voice.source());
        if (rank == 0 && voice.source().isPresent()) {
            gate.tell(turn, heard.source(), Mismatch.Kind.SAME_ADDRESS_AS_OURS, "");
            return Outcome.NOTHING;
        }
        if (rank > 0) {
            return yieldTo(turn, heard);
        }
        turn.ask(new HeardWeaker(spec.name(), heard.source(), heard.priority()));
        if (spec.isOwner() && heard.isOwners()) {
            defendOwnership(turn, now, heard);
        } else if (!spec.election().weakerNoAdvert()) {
            advertiseAtOnce(turn, now);
        }
        return Outcome.HEARD_WEAKER;
    }

    private void defendOwnership(Turn turn, State.Master now, Heard heard) {
        if (now.rivalry().isPresent()) {
            enter(now.with(now.rivalry().map(Rivalry::heard)));
            return;
        }
        Rivalry rivalry = Rivalry.with(spec.timing().interval(), heard.interval());
        State.Master rivalled = now.with(Optional.of(rivalry));
        enter(rivalled);
        if (!spec.election().weakerNoAdvert()) {
            advertiseAtOnce(turn, rivalled);
        }
    }

    private Outcome yieldTo(Turn turn, Heard heard) {
        if (spec.election().strongerSendAdvert()) {
            advertise(turn);
        }
        leaveMaster(turn, false);
        master.keeps(heard.interval());
        becomeBackup(turn, Cause.OUTRANKED, masterDown(), Cause.MASTER_SILENT);
        master.follow(heard);
        return Outcome.DEFERRED;
    }

    private void keepMastership(Turn turn, State.Master now) {
        Optional<Rivalry> rivalry = now.rivalry();
        if (rivalry.isPresent() && !rivalry.get().judgeAt().isAfter(turn.now())) {
            if (rivalry.get().heardSince()) {
                giveWay(turn);
                return;
            }
            rivalry = Optional.empty();
        }
        MonoTime advertAt = now.advertAt();
        if (!advertAt.isAfter(turn.now())) {
            advertise(turn);
            rivalry = rivalry.map(other -> other.advertised(turn.now()));
            advertAt = advertAt.plus(spec.timing().interval());
            if (!advertAt.isAfter(turn.now())) {
                advertAt = turn.now().plus(spec.timing().interval());
            }
        }
        AnnouncementTimes times = holding.announceDue(turn.now(), now.announcing());
        enter(new State.Master(advertAt, rivalry, times));
    }

    /// Whether this router was silent for so long that another may be master by now.
    private boolean hasSlept(Turn turn) {
        Optional<Integer> rival = spec.conduct().rivalAfterStall();
        return rival.isPresent()
                && !advertisedAt.plus(DownTimer.takeover(spec, rival.get())).isAfter(turn.now());
    }

    /// Resigns from nothing: what it was master of may be another's, who need not hear of it.
    private void giveUpAfterSleep(Turn turn) {
        leaveMaster(turn, false);
        becomeBackup(turn, Cause.SLEPT, masterDown(), Cause.MASTER_SILENT);
    }

    private void giveWay(Turn turn) {
        leaveMaster(turn, false);
        standing.giveWay();
        reprioritize(turn, masterDown());
        becomeBackup(turn, Cause.OUTRANKED, masterDown(), Cause.OWNER);
    }

    private void advertiseAtOnce(Turn turn, State.Master now) {
        advertise(turn);
        enter(
                now.with(now.rivalry().map(rivalry -> rivalry.advertised(turn.now())))
                        .advertisingAt(turn.now().plus(spec.timing().interval())));
    }

    private void becomeFaulty(Turn turn) {
        if (state instanceof State.Master) {
            leaveMaster(turn, true);
        }
        changeRole(turn, new State.Fault(), Role.FAULT, Cause.FAULT_RAISED);
    }

    private void becomeReady(Turn turn, Cause cause) {
        master.keeps(spec.timing().interval());
        boolean eager = neverReady && spec.election().wantsMaster();
        neverReady = false;
        if (spec.isOwner()) {
            becomeBackup(turn, cause, DownTimer.AT_ONCE, Cause.OWNER);
            return;
        }
        Duration patience = eager ? DownTimer.eager(spec) : masterDown();
        becomeBackup(turn, cause, patience, Cause.MASTER_SILENT);
    }

    private void becomeBackup(Turn turn, Cause cause, Duration wait, Cause expiryMeans) {
        master.forget();
        changeRole(
                turn,
                State.Backup.waiting(start(turn).plus(wait), expiryMeans),
                Role.BACKUP,
                cause);
    }

    private void leaveMaster(Turn turn, boolean resign) {
        if (resign) {
            voice.send(turn, Priority.RESIGN.value());
            tally.sentResignation();
        }
        tally.releasedMaster();
        holding.release(turn);
    }

    private void reprioritize(Turn turn, Duration oldMasterDown) {
        int before = standing.priority();
        standing.reckon(spec, tracking());
        if (standing.priority() != before) {
            turn.ask(new PriorityChanged(spec.name(), role(), before, standing.priority()));
        }
        Duration shift = masterDown().minus(oldMasterDown);
        if (!shift.isZero() && state instanceof State.Backup backup) {
            MonoTime moved = backup.masterDownAt().plus(shift);
            enter(backup.until(moved.isAfter(turn.now()) ? moved : turn.now()));
        }
    }

    private void advertise(Turn turn) {
        voice.send(turn, standing.priority());
        advertisedAt = turn.now();
        tally.sent();
    }

    private Tracking tracking() {
        return group.map(orders -> SyncGroup.tracking(orders, spec)).orElse(spec.tracking());
    }

    private Optional<IpAddress> bestSource() {
        return shared.surroundings().source(spec, voice.source());
    }

    /// Whether a backup heard this master before; remembers it.
    private boolean isKnownMaster(Heard heard) {
        boolean known = master.is(heard);
        if (state instanceof State.Backup) {
            master.follow(heard);
            if (!known) {
                gate.forget();
            }
        }
        return known;
    }

    private void blame(Turn turn, List<FaultReason> now) {
        boolean changed = !now.equals(state instanceof State.Init ? List.of() : reasons);
        reasons = now;
        if (changed) {
            turn.ask(new FaultsChanged(spec.name(), now));
        }
    }

    private void changeRole(Turn turn, State next, Role to, Cause cause) {
        Role from = role();
        gate.forget();
        since = turn.now();
        enter(next);
        turn.ask(new RoleChanged(spec.name(), from, to, cause, standing.priority()));
    }

    private void enter(State next) {
        state = next;
        shared.wake(alarm, deadline());
    }

    private MonoTime start(Turn turn) {
        return shared.listensAt().isAfter(turn.now()) ? shared.listensAt() : turn.now();
    }

    // What can be asked of it.

    MonoTime deadline() {
        return state.deadline();
    }

    Role role() {
        return state.asRole();
    }

    /// Whether it would be master by now if its group let it.
    boolean wantsMaster() {
        return state instanceof State.Master
                || (state instanceof State.Backup backup && backup.silent());
    }

    /// Why it would become master.
    Cause wish() {
        return state instanceof State.Backup backup ? backup.expiryMeans() : Cause.GROUP;
    }

    /// What it holds, while it is master.
    Optional<Holding> held() {
        return state instanceof State.Master ? Optional.of(holding) : Optional.empty();
    }

    boolean isMeantBy(Datagram datagram) {
        return voice.isMeantBy(datagram);
    }

    Duration skew() {
        return DownTimer.skew(spec.version(), standing.priority(), master.interval());
    }

    Duration masterDown() {
        return DownTimer.masterDown(spec, standing.priority(), master.interval());
    }

    VrrpSpec spec() {
        return spec;
    }

    InstanceStatus status() {
        return new InstanceStatus(
                spec,
                role(),
                standing.priority(),
                voice.source(),
                state instanceof State.Backup ? master.seen() : Optional.empty(),
                master.interval(),
                since,
                reasons,
                tally.counters());
    }
}
