package holdfast.vrrp;

import java.time.Duration;
import java.util.List;

/// All that one host is told to do about VRRP.
///
/// @param startupDelay until then adverts are read and thrown away, and no timer runs
/// @param pacing how fast announcements may follow each other
/// @param hearing from when on adverts count, and what is told of those for nobody
public record NodeSpec(
        List<VrrpSpec> instances,
        List<SyncGroupSpec> groups,
        List<TrackScriptSpec> scripts,
        Duration startupDelay,
        Pacing pacing,
        Hearing hearing) {

    public static final NodeSpec EMPTY =
            new NodeSpec(List.of(), List.of(), List.of(), Duration.ZERO);

    /// One that may announce as fast as it likes.
    public NodeSpec(
            List<VrrpSpec> instances,
            List<SyncGroupSpec> groups,
            List<TrackScriptSpec> scripts,
            Duration startupDelay) {
        this(instances, groups, scripts, startupDelay, Pacing.FREE, Hearing.USUAL);
    }

    public NodeSpec {
        instances = List.copyOf(instances);
        groups = List.copyOf(groups);
        scripts = List.copyOf(scripts);
    }
}
