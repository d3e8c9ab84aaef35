package holdfast.vrrp;

import holdfast.vrrp.VrrpEvent.LinkIs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Routers of this host that would be one to their neighbours: same wire, family, number and group.
///
/// Configured interfaces that differ may be on one wire, for one may sit on the other; that shows
/// only when they are there, and may change.
final class Twins {

    /// Interfaces that sit on each other are no deeper than this.
    private static final int DEPTH_MAX = 8;

    private final Map<String, String> baseOf = new HashMap<>();
    private final Map<VrrpSpec, String> twins = new HashMap<>();
    private final Set<String> configured = new HashSet<>();
    private List<VrrpSpec> specs = List.of();

    /// Learns which routers there are; of two that are one, the first may live.
    void respecify(List<VrrpSpec> next) {
        specs = next;
        configured.clear();
        next.forEach(spec -> spec.interfaceName().ifPresent(configured::add));
        compare();
    }

    /// Learns what an interface sits on.
    void on(LinkIs link) {
        Optional<String> before = Optional.ofNullable(baseOf.get(link.name()));
        if (before.equals(link.base())) {
            return;
        }
        link.base()
                .ifPresentOrElse(
                        base -> baseOf.put(link.name(), base), () -> baseOf.remove(link.name()));
        if (configured.contains(link.name())) {
            compare();
        }
    }

    void gone(String name) {
        if (baseOf.remove(name) != null) {
            compare();
        }
    }

    /// The router that this one would be mistaken for.
    Optional<String> twinOf(VrrpSpec spec) {
        return Optional.ofNullable(twins.get(spec));
    }

    private void compare() {
        twins.clear();
        if (baseOf.keySet().stream().noneMatch(configured::contains)) {
            return; // The reader of the configuration has seen all there is to see.
        }
        Map<VrrpSpec.Key, String> first = new HashMap<>();
        for (VrrpSpec spec : specs) {
            if (spec.transport() instanceof Transport.Multicast
                    && spec.interfaceName().isPresent()) {
                String twin = first.putIfAbsent(onTheWire(spec), spec.name());
                if (twin != null) {
                    twins.put(spec, twin);
                }
            }
        }
    }

    private VrrpSpec.Key onTheWire(VrrpSpec spec) {
        VrrpSpec.Key key = spec.key();
        String wire = spec.interfaceName().orElseThrow();
        for (int depth = 0; depth < DEPTH_MAX && baseOf.containsKey(wire); depth++) {
            wire = baseOf.getOrDefault(wire, wire);
        }
        return new VrrpSpec.Key(
                key.vrid(), key.family(), Optional.of(wire), Optional.empty(), key.group());
    }
}
