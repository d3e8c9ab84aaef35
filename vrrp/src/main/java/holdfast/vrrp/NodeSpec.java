package holdfast.vrrp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// All that one host is told to do about VRRP.
///
/// @param startupDelay until then adverts are read and thrown away, and no timer runs
/// @param pacing how fast announcements may follow each other
/// @param hearing from when on adverts count, and what is told of those for nobody
/// @param watching what else may be tracked, and how interfaces are looked at
/// @param statics what is there whoever is master
public record NodeSpec(
        List<VrrpSpec> instances,
        List<SyncGroupSpec> groups,
        List<TrackScriptSpec> scripts,
        Duration startupDelay,
        Pacing pacing,
        Hearing hearing,
        Watching watching,
        Statics statics) {

    public static final NodeSpec EMPTY =
            new NodeSpec(List.of(), List.of(), List.of(), Duration.ZERO);

    /// What somebody tracks of all that may be tracked.
    public Watching watched() {
        return watching.usedBy(instances, groups);
    }

    /// One that watches nothing but scripts and interfaces.
    public NodeSpec(
            List<VrrpSpec> instances,
            List<SyncGroupSpec> groups,
            List<TrackScriptSpec> scripts,
            Duration startupDelay,
            Pacing pacing) {
        this(
                instances,
                groups,
                scripts,
                startupDelay,
                pacing,
                Hearing.USUAL,
                Watching.NOTHING,
                Statics.NONE);
    }

    /// One without static addresses, that may announce as fast as it likes.
    public NodeSpec(
            List<VrrpSpec> instances,
            List<SyncGroupSpec> groups,
            List<TrackScriptSpec> scripts,
            Duration startupDelay) {
        this(instances, groups, scripts, startupDelay, Pacing.FREE);
    }

    /// The interfaces that are made for these routers.
    public List<VirtualLink> virtualLinks() {
        List<VirtualLink> links = new ArrayList<>();
        for (VrrpSpec instance : instances) {
            links.addAll(instance.place().links());
        }
        return links;
    }

    public NodeSpec {
        instances = List.copyOf(instances);
        groups = List.copyOf(groups);
        scripts = List.copyOf(scripts);
    }
}
