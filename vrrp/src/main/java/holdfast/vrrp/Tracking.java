package holdfast.vrrp;

import java.util.ArrayList;
import java.util.List;

/// What an instance or a group watches beside the peers.
///
/// @param primary whether the own interface counts; always false in a group
/// @param sessions of BFD
public record Tracking(
        boolean primary,
        List<Item> interfaces,
        List<Item> scripts,
        List<Item> files,
        List<Item> processes,
        List<Item> sessions) {

    public static final Tracking PRIMARY = new Tracking(true, List.of(), List.of());
    public static final Tracking NOTHING = new Tracking(false, List.of(), List.of());

    /// @param name of the interface, or of the block that says what it is
    public record Item(String name, Weight weight) {}

    public Tracking {
        interfaces = List.copyOf(interfaces);
        scripts = List.copyOf(scripts);
        files = List.copyOf(files);
        processes = List.copyOf(processes);
        sessions = List.copyOf(sessions);
    }

    /// One without sessions.
    public Tracking(
            boolean primary,
            List<Item> interfaces,
            List<Item> scripts,
            List<Item> files,
            List<Item> processes) {
        this(primary, interfaces, scripts, files, processes, List.of());
    }

    /// One without files, processes and sessions.
    public Tracking(boolean primary, List<Item> interfaces, List<Item> scripts) {
        this(primary, interfaces, scripts, List.of(), List.of());
    }

    /// What is left for a member of a group whose members may not differ in priority: an interface
    /// counts as all or nothing, and so does a file that would count once; other things with a
    /// weight fall away.
    public Tracking withoutWeights() {
        return new Tracking(
                primary,
                interfaces.stream().map(Tracking::allOrNothing).toList(),
                unweighted(scripts),
                files.stream()
                        .filter(item -> Math.abs(item.weight().value()) <= 1)
                        .map(Tracking::allOrNothing)
                        .toList(),
                unweighted(processes),
                unweighted(sessions));
    }

    /// The things of both; the own interface counts as it does here.
    public Tracking plus(Tracking other) {
        return new Tracking(
                primary,
                joined(interfaces, other.interfaces),
                joined(scripts, other.scripts),
                joined(files, other.files),
                joined(processes, other.processes),
                joined(sessions, other.sessions));
    }

    private static Item allOrNothing(Item item) {
        return item.weight().value() == 0 ? item : new Item(item.name(), Weight.FAULT);
    }

    private static List<Item> unweighted(List<Item> items) {
        return items.stream().filter(item -> item.weight().value() == 0).toList();
    }

    private static List<Item> joined(List<Item> some, List<Item> others) {
        List<Item> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
