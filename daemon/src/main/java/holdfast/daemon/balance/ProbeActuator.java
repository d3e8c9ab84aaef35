package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceEvent.CertificateSeen;
import holdfast.balance.BalanceEvent.LengthSeen;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.balance.CheckerId;
import holdfast.daemon.tls.TlsContexts.Made;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.Fd;
import holdfast.linux.SyscallException;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.HttpProbe;
import holdfast.probe.HttpSpec;
import holdfast.probe.Outcome;
import holdfast.probe.Patience;
import holdfast.probe.Probe;
import holdfast.probe.ProbeSpec;
import holdfast.probe.SmtpProbe;
import holdfast.probe.TcpProbe;
import holdfast.probe.TlsSpec;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the checks that the pools ask for. Confined to the loop's thread.
///
/// Orders wait in line while as many checks are under way as the process may have descriptors, and
/// after so many in a turn that others are to have theirs. A server that says nothing holds nobody
/// up but its own checks.
final class ProbeActuator implements AutoCloseable {

    /// Descriptors that are left for all else.
    private static final int SPARE_DESCRIPTORS = 100;

    /// Checks that begin in one turn.
    private static final int BEGINNINGS_MAX = 200;

    private static final Duration NEXT_TURN = Duration.ofNanos(1);

    private static final String NEEDS_DEVICE = "a link-local address needs bind_if";

    private static final Set<Errno> LASTING =
            Set.of(Errno.ENOENT, Errno.EACCES, Errno.ENOEXEC, Errno.ENOTDIR);

    private final EventLoop loop;
    private final LinkedHashMap<Long, StartProbe> waiting = new LinkedHashMap<>();
    private final Map<Long, Running> running = new HashMap<>();
    private final Agenda<Running> alarms = new Agenda<>();
    private final ByteBuffer buffer = ConnectionCheck.buffer();
    private final TlsDesk desk;
    private List<ProbeFinished> finished = new ArrayList<>();
    private List<BalanceEvent> sightings = new ArrayList<>();
    private Optional<DatagramChecks> datagrams = Optional.empty();
    private int runningMax;
    private MonoTime turn = MonoTime.NEVER;
    private int begunInTurn;

    /// When it wants its turn whatever else happens.
    private MonoTime wakeAt = MonoTime.NEVER;

    ProbeActuator(EventLoop loop) throws SyscallException {
        this.loop = loop;
        this.desk = new TlsDesk(loop, this::retry);
        expect(0);
    }

    /// Makes room for so many checks at once, if the system lets us.
    void expect(int checks) throws SyscallException {
        limit(Fd.allow(checks + SPARE_DESCRIPTORS) - SPARE_DESCRIPTORS);
    }

    /// No more checks than this are under way at once.
    void limit(int checks) {
        runningMax = Math.max(1, checks);
    }

    void start(MonoTime now, StartProbe order) {
        if (waiting.isEmpty() && mayBegin(now)) {
            begin(now, order);
        } else {
            waiting.put(order.probe(), order);
            refill(now);
        }
    }

    private void refill(MonoTime now) {
        while (!waiting.isEmpty() && mayBegin(now)) {
            begin(now, waiting.pollFirstEntry().getValue());
        }
    }

    private boolean mayBegin(MonoTime now) {
        if (!turn.equals(now)) {
            turn = now;
            begunInTurn = 0;
        }
        if (begunInTurn == BEGINNINGS_MAX) {
            wake(now.plus(NEXT_TURN));
            return false;
        }
        return running.size() < runningMax;
    }

    private void begin(MonoTime now, StartProbe order) {
        begunInTurn++;
        Running begun = new Running(order);
        try {
            if (order.spec() instanceof ProbeSpec.Https(_, _, var tls) && !equip(now, begun, tls)) {
                return;
            }
            Optional<Check> check = check(now, order, begun);
            if (check.isPresent()) {
                begun.check = check;
                running.put(order.probe(), begun);
                moved(now, begun);
            } else {
                finish(now, order, new Outcome.NotMade(NEEDS_DEVICE));
            }
        } catch (SyscallException e) {
            finish(now, order, outcomeOf(order, e));
        }
    }

    /// False when the check cannot begin, now or at all.
    private boolean equip(MonoTime now, Running begun, TlsSpec tls) throws SyscallException {
        Optional<Made> made = desk.ask(begun.order, tls);
        if (made.isEmpty()) {
            return false;
        }
        switch (made.get()) {
            case Made.Context context -> begun.context = Optional.of(context);
            case Made.Refused(String reason) ->
                    finish(now, begun.order, new Outcome.Failed("TLS is not possible: " + reason));
        }
        return begun.context.isPresent();
    }

    /// Certificates and keys may have been read.
    private void retry(MonoTime now) {
        desk.takeReady().reversed().forEach(order -> waiting.putFirst(order.probe(), order));
        wake(now);
    }

    /// Has files of certificates and keys read again.
    void forgetFiles() {
        desk.forget();
    }

    /// Empty when the order lacks what it takes.
    private Optional<Check> check(MonoTime now, StartProbe order, Running watcher)
            throws SyscallException {
        return switch (order.spec()) {
            case ProbeSpec.Tcp(var to) ->
                    connect(now, watcher, to, new TcpProbe(), patience(order));
            case ProbeSpec.Http(var to, var http) -> {
                int step = Math.min(order.step(), http.urls().size() - 1);
                HttpProbe page = asking(http, step, to);
                watcher.page = Optional.of(page);
                yield connect(now, watcher, to, page, patience(order, http));
            }
            case ProbeSpec.Https(var to, var http, var tls) -> {
                int step = Math.min(order.step(), http.urls().size() - 1);
                Made.Context context = watcher.context.orElseThrow();
                HttpProbe page = asking(http, step, to);
                watcher.page = Optional.of(page);
                TlsProbe probe = TlsDesk.probe(context, tls, step, page);
                watcher.tls = Optional.of(probe).filter(_ -> tls.warningDays() > 0);
                yield connect(now, watcher, to, probe, patience(order, http));
            }
            case ProbeSpec.Smtp(var to, var helo) ->
                    connect(now, watcher, to, new SmtpProbe(helo), patience(order));
            case ProbeSpec.Udp(var to, var udp) ->
                    canReach(to)
                            ? Optional.of(datagrams().udp(now, order, watcher, to, udp))
                            : Optional.empty();
            case ProbeSpec.Dns(var to, var question) ->
                    canReach(to)
                            ? Optional.of(datagrams().dns(now, order, watcher, to, question))
                            : Optional.empty();
            case ProbeSpec.Ping(var to) ->
                    canReach(to)
                            ? Optional.of(datagrams().ping(now, order, watcher, to))
                            : Optional.empty();
            case ProbeSpec.Session session -> throw new AssertionError("nobody asks " + session);
            case ProbeSpec.File file -> throw new AssertionError("nobody asks " + file);
            case ProbeSpec.Script script ->
                    Optional.of(ScriptCheck.start(loop, watcher, script, now));
        };
    }

    private static HttpProbe asking(HttpSpec http, int step, Connection to) {
        return new HttpProbe(http.urls().get(step), http.protocol(), to.target());
    }

    private static Patience patience(StartProbe order) {
        return Patience.of(order.timeout());
    }

    private static Patience patience(StartProbe order, HttpSpec http) {
        return Patience.of(order.timeout(), http.limit());
    }

    private Optional<Check> connect(
            MonoTime now, Running watcher, Connection to, Probe probe, Patience patience)
            throws SyscallException {
        return canReach(to)
                ? Optional.of(
                        ConnectionCheck.start(loop, watcher, to, probe, buffer, patience, now))
                : Optional.empty();
    }

    private DatagramChecks datagrams() {
        DatagramChecks made = datagrams.orElseGet(() -> new DatagramChecks(loop));
        datagrams = Optional.of(made);
        return made;
    }

    /// Link-local addresses of IPv6 mean nothing without an interface.
    private static boolean canReach(Connection to) {
        IpAddress target = to.target().address();
        return target.family() != Family.INET6 || !target.isLinkLocal() || to.device().isPresent();
    }

    /// A program that is not there will not be there next time; that is the server's failure. A
    /// socket that we could not make is ours.
    private static Outcome outcomeOf(StartProbe order, SyscallException e) {
        String reason = String.valueOf(e.getMessage());
        boolean lasting = order.spec() instanceof ProbeSpec.Script && LASTING.contains(e.errno());
        return lasting ? new Outcome.Failed(reason) : new Outcome.NotMade(reason);
    }

    /// Its answer is not wanted any more. A program may still run for a while.
    void abandon(MonoTime now, long probe) {
        if (waiting.remove(probe) != null) {
            return;
        }
        Running found = running.get(probe);
        if (found == null) {
            desk.abandon(probe);
            return;
        }
        found.wanted = false;
        if (found.check.isEmpty() || found.check.get().abandon(now)) {
            forget(found);
            wake(now);
        } else {
            moved(now, found);
        }
    }

    private void forget(Running one) {
        running.remove(one.order.probe());
        alarms.strike(one.alarm);
    }

    /// Answers since the last time, for the pools.
    List<ProbeFinished> takeFinished() {
        List<ProbeFinished> taken = finished;
        if (!taken.isEmpty()) {
            finished = new ArrayList<>();
        }
        return taken;
    }

    /// What checks saw beside their answers since the last time.
    List<BalanceEvent> takeSightings() {
        List<BalanceEvent> taken = sightings;
        if (!taken.isEmpty()) {
            sightings = new ArrayList<>();
        }
        return taken;
    }

    /// When [#onDeadline] is due; as soon as there are answers, which are then taken together.
    MonoTime deadline() {
        MonoTime first = alarms.firstAt();
        return first.isAfter(wakeAt) ? wakeAt : first;
    }

    private void wake(MonoTime at) {
        if (wakeAt.isAfter(at)) {
            wakeAt = at;
        }
    }

    void onDeadline(MonoTime now) {
        if (!wakeAt.isAfter(now)) {
            wakeAt = MonoTime.NEVER;
        }
        while (!alarms.firstAt().isAfter(now)) {
            Running woken = alarms.takeFirst();
            if (woken.check.isPresent()) {
                woken.check.get().onDeadline(now);
                moved(now, woken);
            }
        }
        refill(now);
    }

    /// A check has moved on: it may have ended, or wait for another deadline.
    private void moved(MonoTime now, Running mover) {
        if (mover.check.isEmpty()) {
            return;
        }
        Check check = mover.check.get();
        Optional<Outcome> outcome = check.outcome();
        if (outcome.isPresent()) {
            forget(mover);
            if (mover.wanted) {
                if (mover.page.isPresent()) {
                    look(mover, mover.page.get());
                }
                finish(now, mover.order, outcome.get());
            }
            return;
        }
        alarms.put(mover.alarm, check.deadline());
    }

    private void look(Running check, HttpProbe page) {
        CheckerId checker = check.order.checker();
        check.tls
                .flatMap(TlsProbe::validUntil)
                .map(end -> Duration.between(Instant.now(), end))
                .map(left -> new CertificateSeen(checker, left))
                .ifPresent(sightings::add);
        int step = check.order.step();
        page.mismatch()
                .map(it -> new LengthSeen(checker, step, it.announced(), it.received()))
                .ifPresent(sightings::add);
    }

    private void finish(MonoTime now, StartProbe order, Outcome outcome) {
        finished.add(new ProbeFinished(order.checker(), order.probe(), outcome));
        wake(now);
    }

    /// Ends all checks; nobody will be told.
    @Override
    public void close() {
        waiting.clear();
        desk.close();
        for (Running each : List.copyOf(running.values())) {
            each.check.ifPresent(Check::close);
            forget(each);
        }
        datagrams.ifPresent(DatagramChecks::close);
    }

    /// A check under way, and what the loop wakes for it.
    private final class Running implements EventLoop.Source {
        private final StartProbe order;
        private Optional<Check> check = Optional.empty();
        private Optional<Made.Context> context = Optional.empty();
        private Optional<TlsProbe> tls = Optional.empty();
        private Optional<HttpProbe> page = Optional.empty();
        private final Agenda.Entry<Running> alarm = new Agenda.Entry<>(this);
        private boolean wanted = true;

        Running(StartProbe order) {
            this.order = order;
        }

        @Override
        public void onTrouble(MonoTime now) {
            if (check.isPresent()) {
                check.get().onTrouble(now);
                moved(now, this);
            }
        }

        @Override
        public void onReadable(MonoTime now) {
            if (check.isPresent()) {
                check.get().onReadable(now);
                moved(now, this);
            }
        }

        @Override
        public void onWritable(MonoTime now) {
            if (check.isPresent()) {
                check.get().onWritable(now);
                moved(now, this);
            }
        }
    }
}
