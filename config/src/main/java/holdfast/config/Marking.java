package holdfast.config;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.net.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives groups of addresses their marks, where `nftables_ipvs` asks for it: one for each group and
/// protocol, in the order of the virtual servers.
///
/// Confined to one thread.
final class Marking {

    private record Use(String group, Protocol protocol) {}

    private final Section globals;
    private final boolean enabled;
    private final List<ServiceMarks.Range> ranges = new ArrayList<>();
    private final Map<Use, Integer> marks = new HashMap<>();
    private long next;

    /// @param plane which has other means if it is nftables
    Marking(Section globals, GlobalSpec.Backend plane) {
        this.globals = globals;
        this.enabled = globals.has("nftables_ipvs") && plane != GlobalSpec.Backend.NFTABLES;
        this.next = globals.number("nftables_ipvs_start_fwmark").orElse(ServiceMarks.FIRST);
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
        int mark = known == null ? (int) next++ : known;
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
                        ranges));
    }
}
