package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.config.ServiceMarks.Use;
import holdfast.net.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives groups of addresses their marks, where `nftables_ipvs` asks for it: one for each group and
/// protocol, in the order of the virtual servers. Who had a mark before keeps it, since connections
/// are known by it.
///
/// Confined to one thread.
final class Marking {

    private final Section globals;
    private final boolean enabled;
    private final List<ServiceMarks.Range> ranges = new ArrayList<>();
    private final Map<Use, Integer> marks = new HashMap<>();
    private final Map<Use, Integer> before;
    private final long first;
    private long next;

    /// @param plane which has other means if it is nftables
    /// @param before the marks that are in use
    Marking(Section globals, GlobalSpec.Backend plane, Optional<ServiceMarks> before) {
        this.before = before.map(ServiceMarks::uses).orElse(Map.of());
        this.globals = globals;
        this.enabled = globals.has("nftables_ipvs") && plane != GlobalSpec.Backend.NFTABLES;
        this.first = globals.number("nftables_ipvs_start_fwmark").orElse(ServiceMarks.FIRST);
        this.next = first;
    }

    boolean isEnabled() {
        return enabled;
    }

    /// Whether this group's addresses become marks.
    boolean takes(ServerGroup group) {
        return enabled && group.marks().isEmpty();
    }

    /// The services of such a group: a mark, for each family.
    List<ServiceKey.Single> members(String name, ServerGroup group, Protocol protocol) {
        Use use = new Use(name, protocol);
        Integer known = marks.get(use);
        int mark = known == null ? markOf(use) : known;
        Set<Family> families = new LinkedHashSet<>();
        for (ServerGroup.Range range : group.ranges()) {
            families.add(range.first().family());
            if (known == null) {
                ranges.add(
                        new ServiceMarks.Range(
                                protocol, range.first(), range.last(), range.port(), mark));
            }
        }
        marks.put(use, mark);
        List<ServiceKey.Single> members = new ArrayList<>();
        families.forEach(family -> members.add(new ServiceKey.Mark(mark, family)));
        return members;
    }

    private int markOf(Use use) {
        Integer had = before.get(use);
        if (had != null && Integer.toUnsignedLong(had) >= first) {
            return had;
        }
        while (before.containsValue((int) next)) {
            next++;
        }
        return (int) next++;
    }

    /// Empty where nothing is marked.
    Optional<ServiceMarks> spec() {
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ServiceMarks(
                        globals.last("nftables_ipvs")
                                .flatMap(entry -> entry.wordIfAny(0))
                                .map(Word::text)
                                .orElse(ServiceMarks.TABLE),
                        globals.number("nftables_ipvs_priority")
                                .map(Long::intValue)
                                .orElse(ServiceMarks.PRIORITY),
                        globals.has("nftables_counters"),
                        ranges,
                        marks));
    }
}
