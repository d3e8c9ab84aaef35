package holdfast.vrrp;

import java.util.List;

/// What an instance or a group watches beside the peers.
///
/// @param primary whether the own interface counts; always false in a group
public record Tracking(boolean primary, List<Item> interfaces, List<Item> scripts) {

    public static final Tracking PRIMARY = new Tracking(true, List.of(), List.of());
    public static final Tracking NOTHING = new Tracking(false, List.of(), List.of());

    /// @param name of the interface, or of the script block
    public record Item(String name, Weight weight) {}

    public Tracking {
        interfaces = List.copyOf(interfaces);
        scripts = List.copyOf(scripts);
    }
}
