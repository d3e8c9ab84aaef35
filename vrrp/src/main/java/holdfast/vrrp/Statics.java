package holdfast.vrrp;

import java.util.List;

/// What is there from start to stop, whoever is master.
///
/// What somebody else removes is put back, if it is tracked.
///
/// @param routing routes before rules
public record Statics(
        List<VirtualAddress> addresses, List<Routing> routing, List<Reliance> reliances) {

    public static final Statics NONE = new Statics(List.of(), List.of(), List.of());

    public Statics {
        addresses = List.copyOf(addresses);
        routing = List.copyOf(routing);
        reliances = List.copyOf(reliances);
    }

    /// Instances that are in FAULT while a static route or rule cannot be put in place.
    ///
    /// @param group its name, for people
    public record Reliance(String group, List<String> instances, List<Routing> routing) {
        public Reliance {
            instances = List.copyOf(instances);
            routing = List.copyOf(routing);
        }
    }
}
