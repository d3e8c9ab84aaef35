package holdfast.config;

import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.ProcessPattern.Match;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Binds `vrrp_track_process`.
final class TrackProcessBinder {

    private final Context context;

    TrackProcessBinder(Context context) {
        this.context = context;
    }

    void bind(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        if (trackables.processes.containsKey(name)) {
            context.findings()
                    .note(block.word(0), "there is a vrrp_track_process '" + name + "' already");
            return;
        }
        Optional<Entry> process = TrackedWeight.only(inner.all("process"), context.findings());
        if (process.isEmpty()) {
            context.findings()
                    .error(block.at(), "vrrp_track_process '" + name + "' has no process");
            return;
        }
        Weight weight = TrackedWeight.of(inner, 0, context.findings());
        trackables.processes.put(name, weight);
        trackables.processSpecs.add(spec(name, pattern(process.get(), inner), weight, inner));
    }

    private static ProcessPattern pattern(Entry process, Section inner) {
        List<String> words = process.words().stream().map(Word::text).toList();
        List<String> parameters = words.subList(1, words.size());
        Optional<Entry> how = inner.last("param_match");
        Match match = parameters.isEmpty() ? Match.NAME : Match.EXACT;
        if (how.isPresent()) {
            match =
                    switch (how.get().words().isEmpty() ? "" : how.get().text()) {
                        case "initial" -> Match.BEGINNING;
                        case "partial" -> Match.LEADING;
                        default -> Match.EXACT;
                    };
        } else if (inner.has("full_command") && parameters.isEmpty()) {
            match = Match.PROGRAM;
        }
        return new ProcessPattern(words.getFirst(), parameters, match);
    }

    /// Of numbers that contradict each other, and of delays, the order in the text decides.
    private TrackProcessSpec spec(
            String name, ProcessPattern pattern, Weight weight, Section inner) {
        int least = 1;
        Optional<Integer> most = Optional.empty();
        Duration fork = Duration.ZERO;
        Duration terminate = Duration.ZERO;
        for (Entry entry : inner.entries()) {
            switch (entry.name()) {
                case "quorum" -> {
                    int number = (int) entry.number();
                    if (most.isPresent() && number > most.get()) {
                        context.findings().error(entry.at(), "more are needed than there may be");
                    } else {
                        least = number;
                    }
                }
                case "quorum_max" -> {
                    int number = (int) entry.number();
                    if (number < least && !(number == 0 && least == 1)) {
                        context.findings().error(entry.at(), "fewer may be than are needed");
                    } else {
                        most = Optional.of(number);
                        least = Math.min(least, number);
                    }
                }
                case "delay" -> {
                    fork = entry.time();
                    terminate = entry.time();
                }
                case "fork_delay" -> fork = entry.time();
                case "terminate_delay" -> terminate = entry.time();
                default -> {} // Read above.
            }
        }
        return new TrackProcessSpec(name, pattern, weight, least, most, fork, terminate);
    }
}
