package holdfast.config;

import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.RuleSpec;
import holdfast.vrrp.Statics;
import holdfast.vrrp.VirtualAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Binds the lists of routes and rules, and all that is static.
final class RoutingBinder {

    /// Where a static address goes that names no interface.

    private final KeywordTable table;
    private final Context context;
    private final IprouteNames names;
    private final RulePreferences preferences = new RulePreferences();
    private final TrackGroups groups;
    private final Map<Object, VirtualAddress> addresses = new LinkedHashMap<>();
    private final Set<Routing> routes = new LinkedHashSet<>();
    private final Set<Routing> rules = new LinkedHashSet<>();

    RoutingBinder(KeywordTable table, Context context) {
        this.table = table;
        this.context = context;
        this.names = new IprouteNames(context.host(), context.globals());
        this.groups = new TrackGroups(context.findings());
    }

    /// The routes and rules of an instance, in this order.
    List<Routing> ofInstance(Section inner) {
        Set<Routing> found = new LinkedHashSet<>();
        for (Entry list : inner.all("virtual_routes")) {
            routes(list, found);
        }
        for (Entry list : inner.all("virtual_rules")) {
            rules(list, found);
        }
        return List.copyOf(found);
    }

    /// Takes one of the blocks that stand outside instances.
    void bind(Entry entry) {
        switch (entry.name()) {
            case "track_group" -> groups.define(entry);
            case "static_ipaddress" -> addresses(entry);
            case "static_routes" -> routes(entry, routes);
            case "static_rules" -> rules(entry, rules);
            default -> throw new IllegalStateException("not static: " + entry.name());
        }
    }

    TrackGroups groups() {
        return groups;
    }

    /// @param instances the names of all there are
    Statics statics(Set<String> instances) {
        List<Routing> routing = new ArrayList<>(routes);
        routing.addAll(rules);
        return new Statics(List.copyOf(addresses.values()), routing, groups.reliances(instances));
    }

    private void addresses(Entry list) {
        String usual = context.defaultInterface();
        AddressLine reader =
                new AddressLine(
                        table,
                        context,
                        list.keyword().path() + "#line",
                        Optional.of(usual),
                        Optional.of(groups));
        for (Statement line : list.lines()) {
            Optional<VirtualAddress> address = reader.read(line);
            if (address.isPresent()) {
                Object place = List.of(address.get().interfaceName(), address.get().prefix());
                if (addresses.putIfAbsent(place, address.get()) != null) {
                    context.findings().error(line.keyword(), "this address stands here already");
                }
            }
        }
    }

    private void routes(Entry list, Set<Routing> into) {
        String path = list.keyword().path() + "#line";
        for (Statement line : list.lines()) {
            RouteLine reader = new RouteLine(table, context, names, path, line);
            Optional<RouteSpec> route = reader.read();
            route.ifPresent(found -> add(found, line, reader.trackGroup(), into));
        }
    }

    private void rules(Entry list, Set<Routing> into) {
        String path = list.keyword().path() + "#line";
        for (Statement line : list.lines()) {
            RuleLine reader = new RuleLine(table, context, names, preferences, path, line);
            Optional<RuleSpec> rule = reader.read();
            rule.ifPresent(found -> add(found, line, reader.trackGroup(), into));
        }
    }

    private void add(Routing found, Statement line, Optional<Word> group, Set<Routing> into) {
        if (!into.add(found)) {
            context.findings().note(line.keyword(), "this stands here already");
        }
        group.ifPresent(name -> groups.join(name, found));
    }
}
