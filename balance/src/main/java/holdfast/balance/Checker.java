package holdfast.balance;

import holdfast.balance.BalanceEffect.CertificateEnding;
import holdfast.balance.BalanceEffect.CheckFailed;
import holdfast.balance.BalanceEffect.CheckTurned;
import holdfast.balance.BalanceEffect.LengthDiffers;
import holdfast.balance.BalanceEffect.StartProbe;
import holdfast.balance.BalanceEvent.LengthSeen;
import holdfast.probe.HttpSpec;
import holdfast.probe.Outcome;
import holdfast.probe.ProbeSpec;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One health check of one server: what it believes, and when it asks again (LVS specification,
/// sections 6 and 7).
///
/// It is either at rest, with an entry in the agenda, or it waits for one numbered probe; one about
/// a file or a session of BFD is told, and asks nothing. Confined to one thread.
final class Checker {

    /// What a result came to.
    ///
    /// @param failedAtFirst the first result of all, and it was a failure
    record Conclusion(MonoTime nextAt, boolean failedAtFirst) {}

    private static final String SESSION_DOWN = "the session is down";
    private static final int NO_STEP = -1;
    private static final Duration DAY = Duration.ofDays(1);
    private static final long NO_PROBE = 0;

    private final CheckerId id;
    private final CheckerSpec spec;
    private final Agenda.Entry<Checker> entry = new Agenda.Entry<>(this);

    private boolean up;
    private boolean hasResult;
    private boolean hasPassed;
    private int failures;
    private int step;
    private int brokenStep = NO_STEP;
    private int weight = Outcome.Passed.PLAIN.weight();
    private long fromFile;
    private long probe = NO_PROBE;
    private MonoTime startedAt = MonoTime.NEVER;
    private MonoTime warnedAt = MonoTime.NEVER;

    /// By how much each page last differed from its announced length.
    private Map<Integer, Long> lengths = Map.of();

    /// Before the first success one failure is enough, so the count starts at its limit.
    Checker(CheckerId id, CheckerSpec spec, boolean up) {
        this.id = id;
        this.spec = spec;
        this.up = up;
        this.failures = spec.retry();
    }

    /// A checker with other orders that goes on with what an equal one had learned. A count above
    /// the new limit makes the next failure decisive.
    Checker(CheckerId id, CheckerSpec spec, Checker learned) {
        this(id, spec, learned.up);
        this.hasResult = learned.hasResult;
        this.hasPassed = learned.hasPassed;
        this.failures = Math.min(learned.failures, spec.retry());
        this.step = learned.step;
        this.brokenStep = learned.brokenStep;
        this.weight = learned.weight;
        this.fromFile = learned.fromFile;
        this.warnedAt = learned.warnedAt;
        this.lengths = learned.lengths;
    }

    /// What it asks next.
    StartProbe question(long number) {
        return new StartProbe(id, number, spec.probe(), step, spec.connectTimeout());
    }

    /// Waits for the answer to a question that was asked at `at`.
    void await(long number, MonoTime at) {
        assert probe == NO_PROBE : "two probes of " + id;
        probe = number;
        startedAt = at;
    }

    /// Gives up waiting for an answer.
    void forget() {
        probe = NO_PROBE;
    }

    /// The number of the probe that is waited for.
    long awaited() {
        return probe;
    }

    /// Which of its questions comes next.
    int step() {
        return step;
    }

    /// Whether it has to ask; others are told.
    boolean asks() {
        return !(spec.probe() instanceof ProbeSpec.File)
                && !(spec.probe() instanceof ProbeSpec.Session);
    }

    /// Takes what its file says, or its session, without a word. For checkers that are told.
    void believe(Numbers numbers) {
        if (spec.probe() instanceof ProbeSpec.Session(var session)) {
            up = numbers.ofSession(session).orElse(up);
        }
        if (spec.probe() instanceof ProbeSpec.File file) {
            OptionalLong added = file.contribution(numbers.of(file.path()));
            up = added.isPresent();
            fromFile = added.orElse(0);
        }
    }

    /// Says what it believes, unless it has; true if that is that its server fails.
    boolean reveal(Numbers numbers, List<BalanceEffect> out) {
        if (!hasResult
                && spec.probe() instanceof ProbeSpec.Session(var session)
                && numbers.ofSession(session).isPresent()) {
            settle(up, up ? "" : SESSION_DOWN, out);
            return !up;
        }
        if (hasResult || !(spec.probe() instanceof ProbeSpec.File file)) {
            return false;
        }
        settle(up, up ? "" : reason(numbers.of(file.path())), out);
        return !up;
    }

    /// Hears what a file says now; false when that is not its file.
    boolean hear(String path, int number, List<BalanceEffect> out) {
        if (!(spec.probe() instanceof ProbeSpec.File file) || !file.path().equals(path)) {
            return false;
        }
        OptionalLong added = file.contribution(number);
        fromFile = added.orElse(0);
        settle(added.isPresent(), added.isPresent() ? "" : reason(number), out);
        return true;
    }

    /// Hears how a session is now; false when that is not its session.
    boolean hearSession(String session, boolean works, List<BalanceEffect> out) {
        if (!(spec.probe() instanceof ProbeSpec.Session(var own)) || !own.equals(session)) {
            return false;
        }
        settle(works, works ? "" : SESSION_DOWN, out);
        return true;
    }

    private static String reason(int number) {
        return "the number in the file is " + number;
    }

    /// Whether no answer is waited for.
    boolean isIdle() {
        return probe == NO_PROBE;
    }

    /// Takes the answer to the probe that was waited for.
    Conclusion conclude(MonoTime now, Outcome outcome, List<BalanceEffect> out) {
        probe = NO_PROBE;
        return switch (outcome) {
            case Outcome.Passed(int told) -> passed(now, told, out);
            case Outcome.Failed(String reason) -> failed(now, reason, out);
            case Outcome.NotMade(_) -> new Conclusion(afterLoop(now), false);
        };
    }

    /// Warns of a certificate that ends, once a day however often it is seen.
    void heed(MonoTime now, Duration left, List<BalanceEffect> out) {
        int days = spec.probe() instanceof ProbeSpec.Https(_, _, var tls) ? tls.warningDays() : 0;
        boolean due = warnedAt.equals(MonoTime.NEVER) || !warnedAt.plus(DAY).isAfter(now);
        if (due && left.compareTo(Duration.ofDays(days)) < 0 && days > 0) {
            warnedAt = now;
            out.add(new CertificateEnding(id, spec.probe(), left));
        }
    }

    /// Tells of a page that is not as long as announced, unless it differed as much last time.
    void heed(LengthSeen seen, List<BalanceEffect> out) {
        long difference = seen.received() - seen.announced();
        if (lengths.isEmpty()) {
            lengths = new HashMap<>();
        }
        Long before = lengths.put(seen.step(), difference);
        if (before == null || before != difference) {
            out.add(
                    new LengthDiffers(
                            id, spec.probe(), seen.step(), seen.announced(), seen.received()));
        }
    }

    private Conclusion passed(MonoTime now, int told, List<BalanceEffect> out) {
        failures = 0;
        weight = told;
        boolean complete = advance();
        if (complete) {
            hasPassed = true;
            settle(true, "", out);
        }
        boolean hurries = isFast() && !complete && (!up || !hasPassed);
        return new Conclusion(hurries ? now : afterLoop(now), false);
    }

    /// Moves on to what is asked next; true when all has been asked and was good.
    private boolean advance() {
        int steps = pages().map(http -> http.urls().size()).orElse(1);
        boolean wasBroken = brokenStep != NO_STEP;
        brokenStep = NO_STEP;
        // What was broken works again: all the others are asked before the server is trusted.
        step = wasBroken ? 0 : (step + 1) % steps;
        return steps == 1 || (step == 0 && !wasBroken);
    }

    private Conclusion failed(MonoTime now, String reason, List<BalanceEffect> out) {
        boolean first = !hasResult;
        if (up && failures < spec.retry()) {
            failures++;
            hasResult = true;
            if (spec.logAllFailures()) {
                out.add(new CheckFailed(id, spec.probe(), reason, failures));
            }
            return new Conclusion(now.plus(spec.delayBeforeRetry()), first);
        }
        weight = Outcome.Passed.PLAIN.weight();
        brokenStep = step;
        settle(false, reason, out);
        return new Conclusion(afterFailure(now), first);
    }

    private void settle(boolean verdict, String reason, List<BalanceEffect> out) {
        if (up != verdict || !hasResult) {
            out.add(new CheckTurned(id, spec.probe(), verdict, reason, !hasResult));
        }
        up = verdict;
        hasResult = true;
    }

    /// Programs are run at a steady pace, however long they take; others rest in between.
    private MonoTime afterLoop(MonoTime now) {
        return switch (spec.probe()) {
            case ProbeSpec.Script _ -> later(now, startedAt.plus(spec.delayLoop()));
            case ProbeSpec.Tcp _,
                    ProbeSpec.Http _,
                    ProbeSpec.Https _,
                    ProbeSpec.Smtp _,
                    ProbeSpec.Dns _,
                    ProbeSpec.Udp _,
                    ProbeSpec.Ping _,
                    ProbeSpec.Session _,
                    ProbeSpec.File _ ->
                    now.plus(spec.delayLoop());
        };
    }

    private MonoTime afterFailure(MonoTime now) {
        return pages().isPresent()
                ? now.plus(longer(spec.delayLoop(), spec.delayBeforeRetry()))
                : afterLoop(now);
    }

    private boolean isFast() {
        return pages().map(HttpSpec::fastRecovery).orElse(false);
    }

    /// What a check of web pages asks for; empty for others.
    private Optional<HttpSpec> pages() {
        return switch (spec.probe()) {
            case ProbeSpec.Http(_, var http) -> Optional.of(http);
            case ProbeSpec.Https(_, var http, _) -> Optional.of(http);
            case ProbeSpec.Tcp _,
                    ProbeSpec.Smtp _,
                    ProbeSpec.Dns _,
                    ProbeSpec.Udp _,
                    ProbeSpec.Ping _,
                    ProbeSpec.Script _,
                    ProbeSpec.Session _,
                    ProbeSpec.File _ ->
                    Optional.empty();
        };
    }

    private static MonoTime later(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    boolean isUp() {
        return up;
    }

    /// What this checker adds to the weight that the configuration gives.
    long contribution(int configured) {
        return weight < 0 ? fromFile : (long) weight - configured;
    }

    /// Whether this checker's experience serves one with these orders.
    boolean hasLearnedAbout(CheckerSpec other) {
        return spec.probe().equals(other.probe());
    }

    CheckerId id() {
        return id;
    }

    CheckerSpec spec() {
        return spec;
    }

    Agenda.Entry<Checker> entry() {
        return entry;
    }
}
