package holdfast.config;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.TrackScriptSpec;
import java.time.Duration;
import java.util.Optional;

/// Binds `vrrp_script`, and checks sessions that can be tracked.
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
        trackables.scripts.put(name, TrackedWeight.of(inner, 0, context.findings()));
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

    /// Checks a session, and remembers its name for those who track it.
    void session(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        if (trackables.sessions.containsKey(name)) {
            context.findings()
                    .error(block.word(0), "there is a bfd_instance '" + name + "' already");
        } else if (!inner.has("neighbor_ip")) {
            context.findings().error(block.at(), "bfd_instance '" + name + "' has no neighbor_ip");
        } else if (oneFamily(inner)) {
            trackables.sessions.put(name, TrackedWeight.of(inner, 0, context.findings()));
        }
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
}
