package holdfast.config;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.Optional;

/// Binds `vrrp_script`, and checks the other things that can be tracked.
final class TrackScriptBinder {

    private final Context context;

    TrackScriptBinder(Context context) {
        this.context = context;
    }

    void bind(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        if (trackables.scripts.containsKey(name)) {
            context.findings()
                    .error(block.word(0), "there is a vrrp_script '" + name + "' already");
            return;
        }
        Optional<Entry> script = inner.last("script");
        if (script.isEmpty()) {
            context.findings().error(block.at(), "vrrp_script '" + name + "' has no script");
            return;
        }
        Optional<ScriptSpec> spec = context.scripts().script(script.get(), inner.last("user"));
        if (spec.isEmpty()) {
            return;
        }
        Duration interval = inner.time("interval").orElse(Duration.ofSeconds(1));
        trackables.scripts.put(name, weight(inner, 0));
        trackables.scriptSpecs.add(
                new TrackScriptSpec(
                        name,
                        spec.get(),
                        interval,
                        inner.time("timeout").orElse(interval),
                        inner.number("rise").map(Context::toInt).orElse(1),
                        inner.number("fall").map(Context::toInt).orElse(1),
                        inner.has("init_fail")));
    }

    /// Checks a thing without effect, and remembers its name for those who track it.
    void check(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        switch (block.name()) {
            case "track_file" -> {
                if (required(block, "file")) {
                    trackables.files.put(name, weight(inner, 1));
                }
            }
            case "vrrp_track_process" -> {
                if (required(block, "process")) {
                    trackables.processes.put(name, weight(inner, 0));
                }
            }
            default -> {
                if (trackables.sessions.containsKey(name)) {
                    context.findings()
                            .error(block.word(0), "there is a bfd_instance '" + name + "' already");
                } else if (required(block, "neighbor_ip") && oneFamily(inner)) {
                    trackables.sessions.put(name, weight(inner, 0));
                }
            }
        }
    }

    private boolean required(Entry block, String keyword) {
        if (!block.inner().has(keyword)) {
            context.findings()
                    .error(
                            block.at(),
                            "%s '%s' has no %s".formatted(block.name(), block.text(), keyword));
        }
        return block.inner().has(keyword);
    }

    private boolean oneFamily(Section session) {
        Optional<Entry> source = session.last("source_ip");
        boolean one =
                source.isEmpty()
                        || source.get().address().family()
                                == session.address("neighbor_ip").orElseThrow().family();
        if (!one) {
            context.findings()
                    .error(source.orElseThrow().word(0), "the neighbour is of the other family");
        }
        return one;
    }

    private static Weight weight(Section block, int usual) {
        Optional<Entry> weight = block.last("weight");
        return weight.map(
                        entry ->
                                new Weight(
                                        (int) entry.number(),
                                        entry.wordIfAny(1)
                                                .map(word -> word.text().equals("reverse"))
                                                .orElse(false)))
                .orElse(new Weight(usual, false));
    }
}
