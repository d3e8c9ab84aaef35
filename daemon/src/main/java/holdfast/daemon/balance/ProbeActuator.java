package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent.CertificateSeen;
import holdfast.balance.BalanceEvent.ProbeFinished;
import holdfast.daemon.tls.TlsContexts.Made;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
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
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/// Makes the checks that the pools ask for. Confined to the loop's thread.
///
/// Each check has a descriptor. When too many are open, orders wait in line.
final class ProbeActuator implements AutoCloseable {

    /// Wakes a check; one of a check whose deadline has moved since means nothing.
    private record Alarm(MonoTime at, Running running) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return at.compareTo(other.at);
        }
    }

    private static final int CHECKS_MAX = 1000;

    private static final String NEEDS_DEVICE = "a link-local address needs bind_if";

    private static final Set<Errno> LASTING =
            Set.of(Errno.ENOENT, Errno.EACCES, Errno.ENOEXEC, Errno.ENOTDIR);

    private final EventLoop loop;
    private final Consumer<MonoTime> listener;
    private final List<ProbeFinished> finished = new ArrayList<>();
    private final Map<Long, Running> running = new HashMap<>();
    private final Deque<StartProbe> waiting = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final ByteBuffer buffer = ConnectionCheck.buffer();
    private final TlsDesk desk;
    private final List<CertificateSeen> sightings = new ArrayList<>();
    private Optional<DatagramChecks> datagrams = Optional.empty();

    /// @param listener told when [#takeFinished] has something, but not from within [#start]
    ProbeActuator(EventLoop loop, Consumer<MonoTime> listener) {
        this.loop = loop;
        this.listener = listener;
        this.desk = new TlsDesk(loop, this::retry);
    }

    void start(MonoTime now, StartProbe order) {
        waiting.add(order);
        refill(now);
    }

    private void refill(MonoTime now) {
        while (running.size() < CHECKS_MAX && !waiting.isEmpty()) {
            begin(now, waiting.remove());
        }
    }

    private void begin(MonoTime now, StartProbe order) {
        Running begun = new Running(order);
        try {
            if (order.spec() instanceof ProbeSpec.Https(_, _, var tls) && !equip(begun, tls)) {
                return;
            }
            Optional<Check> check = check(now, order, begun);
            if (check.isPresent()) {
                begun.check = check;
                running.put(order.probe(), begun);
                moved(begun);
            } else {
                finish(order, new Outcome.NotMade(NEEDS_DEVICE));
            }
        } catch (SyscallException e) {
            finish(order, outcomeOf(order, e));
        }
    }

    /// False when the check cannot begin, now or at all.
    private boolean equip(Running begun, TlsSpec tls) throws SyscallException {
        Optional<Made> made = desk.ask(begun.order, tls);
        if (made.isEmpty()) {
            return false;
        }
        switch (made.get()) {
            case Made.Context context -> begun.context = Optional.of(context);
            case Made.Refused(String reason) ->
                    finish(begun.order, new Outcome.Failed("TLS is not possible: " + reason));
        }
        return begun.context.isPresent();
    }

    /// Certificates and keys may have been read.
    private void retry(MonoTime now) {
        desk.takeReady().reversed().forEach(waiting::addFirst);
        tell(now);
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
                yield connect(now, watcher, to, asking(http, step, to), patience(order, http));
            }
            case ProbeSpec.Https(var to, var http, var tls) -> {
                int step = Math.min(order.step(), http.urls().size() - 1);
                Made.Context context = watcher.context.orElseThrow();
                TlsProbe probe = TlsDesk.probe(context, tls, step, asking(http, step, to));
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

    private static Probe asking(HttpSpec http, int step, Connection to) {
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
        waiting.removeIf(order -> order.probe() == probe);
        desk.abandon(probe);
        Running found = running.get(probe);
        if (found != null) {
            found.wanted = false;
            if (found.check.map(check -> check.abandon(now)).orElse(Boolean.TRUE)) {
                running.remove(probe);
            } else {
                moved(found);
            }
        }
        refill(now);
    }

    /// Answers since the last time, for the pools.
    List<ProbeFinished> takeFinished() {
        List<ProbeFinished> taken = List.copyOf(finished);
        finished.clear();
        return taken;
    }

    /// Certificates that were seen since the last time.
    List<CertificateSeen> takeSightings() {
        List<CertificateSeen> taken = List.copyOf(sightings);
        sightings.clear();
        return taken;
    }

    MonoTime deadline() {
        Alarm first = alarms.peek();
        return first == null ? MonoTime.NEVER : first.at();
    }

    void onDeadline(MonoTime now) {
        while (!deadline().isAfter(now)) {
            Running woken = alarms.remove().running();
            woken.alarmAt = MonoTime.NEVER;
            if (running.get(woken.order.probe()) == woken) {
                woken.check.ifPresent(check -> check.onDeadline(now));
                moved(woken);
            }
        }
        tell(now);
    }

    /// A check has moved on: it may have ended, or wait for another deadline.
    private void moved(Running mover) {
        Optional<Check> check = mover.check;
        if (check.isEmpty() || running.get(mover.order.probe()) != mover) {
            return;
        }
        Optional<Outcome> outcome = check.get().outcome();
        if (outcome.isPresent()) {
            running.remove(mover.order.probe());
            if (mover.wanted) {
                mover.tls
                        .flatMap(TlsProbe::validUntil)
                        .map(end -> Duration.between(Instant.now(), end))
                        .map(left -> new CertificateSeen(mover.order.checker(), left))
                        .ifPresent(sightings::add);
                finish(mover.order, outcome.get());
            }
            return;
        }
        MonoTime deadline = check.get().deadline();
        // A later deadline is found out when the earlier alarm goes off.
        if (mover.alarmAt.isAfter(deadline)) {
            mover.alarmAt = deadline;
            alarms.add(new Alarm(deadline, mover));
        }
    }

    private void finish(StartProbe order, Outcome outcome) {
        finished.add(new ProbeFinished(order.checker(), order.probe(), outcome));
    }

    private void tell(MonoTime now) {
        refill(now);
        if (!finished.isEmpty()) {
            listener.accept(now);
        }
    }

    /// Ends all checks; nobody will be told.
    @Override
    public void close() {
        waiting.clear();
        desk.close();
        running.values().forEach(each -> each.check.ifPresent(Check::close));
        running.clear();
        alarms.clear();
        datagrams.ifPresent(DatagramChecks::close);
    }

    /// A check under way, and what the loop wakes for it.
    private final class Running implements EventLoop.Source {
        private final StartProbe order;
        private Optional<Check> check = Optional.empty();
        private Optional<Made.Context> context = Optional.empty();
        private Optional<TlsProbe> tls = Optional.empty();
        private boolean wanted = true;
        private MonoTime alarmAt = MonoTime.NEVER;

        Running(StartProbe order) {
            this.order = order;
        }

        @Override
        public void onReadable(MonoTime now) {
            check.ifPresent(it -> it.onReadable(now));
            moved(this);
            tell(now);
        }

        @Override
        public void onWritable(MonoTime now) {
            check.ifPresent(it -> it.onWritable(now));
            moved(this);
            tell(now);
        }
    }
}
