package holdfast.config;

import holdfast.vrrp.Tracking;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what an instance or a group tracks.
final class TrackingReader {

    private final Context context;
    private final Trackables trackables;

    TrackingReader(Context context, Trackables trackables) {
        this.context = context;
        this.trackables = trackables;
    }

    /// @param primary whether the own interface counts
    /// @param own the instance's interface, which is tracked anyhow
    Tracking read(Section block, boolean primary, Optional<String> own) {
        return new Tracking(
                primary,
                new TrackedInterfaces(context).read(block, own),
                items(block.all("track_script"), "vrrp_script", trackables.scripts),
                items(block.all("track_file"), "track_file", trackables.files),
                items(block.all("track_process"), "vrrp_track_process", trackables.processes),
                items(block.all("track_bfd"), "bfd_instance", trackables.sessions));
    }

    private List<Tracking.Item> items(List<Entry> lists, String what, Map<String, Weight> known) {
        TrackLines lines = new TrackLines(context.findings());
        List<Tracking.Item> items = new ArrayList<>();
        lists.forEach(list -> items.addAll(lines.read(list, what, known)));
        return items;
    }
}
