package holdfast.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.probe.Outcome;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What happened to a node and what it did, as text to be compared.
///
/// Servers are named by their last octet, times in seconds. Every command also goes to a strict
/// plane.
final class Story {

    private final BalanceNode node;
    private final PlaneModel plane = new PlaneModel();
    private final List<String> lines = new ArrayList<>();
    private final Map<CheckerId, Long> probes = new HashMap<>();
    private MonoTime now = new MonoTime(0);

    Story(BalanceSpec spec) {
        this.node = new BalanceNode(spec, 7);
    }

    /// A node that was started at second 0.
    static Story started(BalanceSpec spec) {
        Story story = new Story(spec);
        story.on(new BalanceEvent.Started());
        return story;
    }

    Story at(double seconds) {
        now = new MonoTime((long) (seconds * 1e9));
        return this;
    }

    Story on(BalanceEvent event) {
        List<BalanceEffect> effects = node.on(now, event);
        if (!(event instanceof BalanceEvent.PlaneLost)) {
            plane.carryOut(effects);
        }
        for (BalanceEffect effect : effects) {
            if (effect instanceof BalanceEffect.StartProbe start) {
                probes.put(start.checker(), start.probe());
            }
            lines.add(seconds(now.nanos()) + " " + words(effect));
        }
        return this;
    }

    /// Lets time pass to the node's deadline.
    Story due() {
        now = node.deadline();
        return on(new BalanceEvent.DeadlineReached());
    }

    Story passes(int server) {
        return answers(server, 0, Outcome.Passed.PLAIN);
    }

    Story fails(int server) {
        return answers(server, 0, new Outcome.Failed("refused"));
    }

    Story answers(int server, int index, Outcome outcome) {
        return answers(new CheckerId(Specs.WEB, Specs.server(server), index), outcome);
    }

    Story answers(CheckerId id, Outcome outcome) {
        Long probe = probes.get(id);
        if (probe == null) {
            throw new AssertionError("no probe of " + id);
        }
        return on(new BalanceEvent.ProbeFinished(id, probe, outcome));
    }

    /// Forgets what was told so far.
    Story quietly() {
        lines.clear();
        return this;
    }

    void reads(String expected) {
        assertEquals(expected.strip(), String.join("\n", lines).strip());
        lines.clear();
    }

    /// What was told so far.
    List<String> lines() {
        return List.copyOf(lines);
    }

    String deadline() {
        return node.deadline().equals(MonoTime.NEVER) ? "never" : seconds(node.deadline().nanos());
    }

    BalanceNode node() {
        return node;
    }

    PlaneModel plane() {
        return plane;
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() % 1000 == 0
                ? nanos / 1_000_000_000 + "s"
                : nanos / 1_000_000 + "ms";
    }

    private static String words(BalanceEffect effect) {
        return switch (effect) {
            case BalanceEffect.AddService(var service) -> "add " + service.key();
            case BalanceEffect.EditService(var service) ->
                    "edit " + service.key() + " " + service.scheduler().name();
            case BalanceEffect.RemoveService(var key) -> "remove " + key;
            case BalanceEffect.AddDestination(_, var row) -> "add " + words(row);
            case BalanceEffect.EditDestination(_, var row) -> "edit " + words(row);
            case BalanceEffect.RemoveDestination(_, var endpoint) -> "remove " + endpoint.address();
            case BalanceEffect.StartProbe(var id, _, _, int step, _) ->
                    "probe " + words(id) + (step == 0 ? "" : " step " + step);
            case BalanceEffect.AbandonProbe(var id, _) -> "abandon " + words(id);
            case BalanceEffect.CheckTurned(var id, _, boolean up, String reason, boolean first) ->
                    "check %s %s%s%s"
                            .formatted(
                                    words(id),
                                    up ? "up" : "down",
                                    reason.isEmpty() ? "" : ": " + reason,
                                    first ? " (first)" : "");
            case BalanceEffect.CheckFailed(var id, _, String reason, int failures) ->
                    "check %s failed: %s (%d)".formatted(words(id), reason, failures);
            case BalanceEffect.CertificateEnding(var id, _, var left) ->
                    "certificate %s ends in %d h".formatted(words(id), left.toHours());
            case BalanceEffect.LengthDiffers(var id, _, int step, long announced, long received) ->
                    "page %d of %s has %d of %d".formatted(step, words(id), received, announced);
            case BalanceEffect.ServerTurned(_, var spec, boolean up, boolean told) ->
                    "server %s %s%s"
                            .formatted(
                                    spec.endpoint().address(),
                                    up ? "up" : "down",
                                    told ? "" : " (untold)");
            case BalanceEffect.WeightChanged(_, var server, int from, int to) ->
                    "weight %s from %d to %d".formatted(server.address(), from, to);
            case BalanceEffect.QuorumChanged(_, _, boolean up, long weight, long threshold) ->
                    "quorum %s, %d of %d".formatted(up ? "up" : "down", weight, threshold);
            case BalanceEffect.PanicChanged(_, boolean on, long live, long whole) ->
                    "panic %s, %d of %d".formatted(on ? "begins" : "ends", live, whole);
            case BalanceEffect.ServerRemoved(_, var spec) ->
                    "server " + spec.endpoint().address() + " removed";
        };
    }

    private static String words(Destination row) {
        return row.endpoint().address() + " weight " + row.weight();
    }

    private static String words(CheckerId id) {
        return id.server().address() + (id.index() == 0 ? "" : "/" + id.index());
    }
}
