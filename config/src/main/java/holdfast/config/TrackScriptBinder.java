package holdfast.config;

import holdfast.script.ScriptSpec;
import holdfast.vrrp.TrackScriptSpec;
import java.time.Duration;
import java.util.Optional;

/// Binds `vrrp_script`.
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
}
