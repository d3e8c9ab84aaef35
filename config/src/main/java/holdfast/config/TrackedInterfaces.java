package holdfast.config;

import holdfast.vrrp.Tracking;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `track_interface` of an instance or a group.
final class TrackedInterfaces {

    private final Context context;

    TrackedInterfaces(Context context) {
        this.context = context;
    }

    /// @param own the instance's interface, which is tracked anyhow
    List<Tracking.Item> read(Section block, Optional<String> own) {
        TrackLines lines = new TrackLines(context.findings());
        List<Tracking.Item> items = new ArrayList<>();
        for (Entry list : block.all("track_interface")) {
            Map<String, Weight> known = new HashMap<>();
            for (Statement line : list.lines()) {
                String name = line.keyword().text();
                if (context.mayName(name)) {
                    known.put(name, Weight.FAULT);
                }
            }
            for (Tracking.Item item : lines.read(list, "interface", known)) {
                if (own.equals(Optional.of(item.name())) && item.weight().equals(Weight.FAULT)) {
                    context.findings()
                            .warning(
                                    list.at(),
                                    "'" + item.name() + "' is the instance's own interface");
                } else {
                    items.add(item);
                }
            }
        }
        return items;
    }
}
