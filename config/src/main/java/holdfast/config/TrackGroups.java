package holdfast.config;

import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import holdfast.vrrp.Statics;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What instances track without saying so: the interfaces that their addresses, routes and rules
/// need, and through a `track_group` the static ones.
final class TrackGroups {

    /// One `track_group`.
    private static final class Group {
        private final List<Word> members;
        private final Set<String> interfaces = new LinkedHashSet<>();
        private final List<Routing> routing = new ArrayList<>();

        private Group(List<Word> members) {
            this.members = members;
        }

        private boolean has(String instance) {
            for (Word member : members) {
                if (member.text().equals(instance)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Findings findings;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    TrackGroups(Findings findings) {
        this.findings = findings;
    }

    void define(Entry entry) {
        if (groups.containsKey(entry.text())) {
            findings.error(entry.word(0), "there is a track_group '" + entry.text() + "' already");
            return;
        }
        List<Entry> lists = entry.inner().all("group");
        for (int i = 1; i < lists.size(); i++) {
            findings.error(lists.get(i).at(), "a track_group has one group; this is ignored");
        }
        groups.put(
                entry.text(), new Group(lists.isEmpty() ? List.of() : lists.getFirst().listed()));
    }

    /// A static address is watched by a group: its interface is.
    void join(Word name, VirtualAddress address) {
        Group group = find(name);
        if (group != null) {
            group.interfaces.add(address.interfaceName());
        }
    }

    /// A static route or rule is watched by a group, and so is its interface.
    void join(Word name, Routing routing) {
        Group group = find(name);
        if (group != null) {
            Set<String> interfaces = interfaces(routing);
            if (interfaces.isEmpty()) {
                findings.warning(
                        name, "nothing but the presence is tracked of what names no interface");
            }
            group.interfaces.addAll(interfaces);
            group.routing.add(routing);
        }
    }

    private @Nullable Group find(Word name) {
        Group group = groups.get(name.text());
        if (group == null) {
            findings.error(
                    name,
                    "there is no track_group '" + name.text() + "'",
                    "define it before its use");
        }
        return group;
    }

    private static Set<String> interfaces(Routing routing) {
        Set<String> names = new LinkedHashSet<>();
        switch (routing) {
            case RouteSpec route -> {
                for (RouteSpec.Way way : route.ways()) {
                    way.interfaceName().ifPresent(names::add);
                }
            }
            case RuleSpec rule -> rule.rule().match().inputInterface().ifPresent(names::add);
        }
        return names;
    }

    /// The instances with all that they track.
    List<VrrpSpec> track(List<VrrpSpec> instances) {
        List<VrrpSpec> tracking = new ArrayList<>();
        for (VrrpSpec spec : instances) {
            Set<String> names = new LinkedHashSet<>();
            addresses(spec.addresses(), names);
            addresses(spec.excluded(), names);
            for (Routing routing : spec.routing()) {
                if (routing.tracked()) {
                    names.addAll(interfaces(routing));
                }
            }
            for (Group group : groups.values()) {
                if (group.has(spec.name())) {
                    names.addAll(group.interfaces);
                }
            }
            spec.interfaceName().ifPresent(names::remove);
            for (Tracking.Item item : spec.tracking().interfaces()) {
                names.remove(item.name());
            }
            tracking.add(names.isEmpty() ? spec : with(spec, names));
        }
        return tracking;
    }

    private static void addresses(List<VirtualAddress> addresses, Set<String> names) {
        for (VirtualAddress address : addresses) {
            if (address.tracked()) {
                names.add(address.interfaceName());
            }
        }
    }

    private static VrrpSpec with(VrrpSpec spec, Set<String> names) {
        List<Tracking.Item> interfaces =
                names.stream().map(name -> new Tracking.Item(name, Weight.FAULT)).toList();
        Tracking more = new Tracking(false, interfaces, List.of());
        return spec.draft().tracking(spec.tracking().plus(more)).done();
    }

    /// Who relies on which static routes and rules.
    ///
    /// @param instances the names of all there are
    List<Statics.Reliance> reliances(Set<String> instances) {
        List<Statics.Reliance> reliances = new ArrayList<>();
        for (Map.Entry<String, Group> one : groups.entrySet()) {
            List<String> members = new ArrayList<>();
            for (Word member : one.getValue().members) {
                if (instances.contains(member.text())) {
                    members.add(member.text());
                } else {
                    findings.error(member, "there is no instance '" + member.text() + "'");
                }
            }
            if (!members.isEmpty() && !one.getValue().routing.isEmpty()) {
                reliances.add(new Statics.Reliance(one.getKey(), members, one.getValue().routing));
            }
        }
        return reliances;
    }
}
