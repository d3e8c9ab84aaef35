package holdfast.config;

import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Watching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds all that is about VRRP. What is tracked must be defined before it is referred to.
final class VrrpBinder {

    private final KeywordTable table;
    private final Context context;
    private final Trackables trackables = new Trackables();
    private final RoutingBinder routing;
    private final BfdBinder sessions;
    private final List<VrrpSpec> instances = new ArrayList<>();
    private final Map<String, Word> instanceNames = new LinkedHashMap<>();
    private final Map<VrrpSpec.Key, String> keys = new HashMap<>();
    private final List<Entry> groups = new ArrayList<>();
    private final Map<String, Tracking> groupTracking = new HashMap<>();

    VrrpBinder(KeywordTable table, Context context) {
        this.table = table;
        this.context = context;
        this.routing = new RoutingBinder(table, context);
        this.sessions = new BfdBinder(context);
    }

    NodeSpec bind(Section root) {
        TrackScriptBinder tracked = new TrackScriptBinder(context);
        PacingBinder pacing = new PacingBinder(context);
        LinkNames.check(context);
        for (Entry entry : root.entries()) {
            switch (entry.name()) {
                case "vrrp_script" -> tracked.bind(entry, trackables);
                case "track_file" -> new TrackFileBinder(context).bind(entry, trackables);
                case "vrrp_track_process" ->
                        new TrackProcessBinder(context).bind(entry, trackables);
                case "bfd_instance" -> sessions.bind(entry, trackables);
                case "garp_group" -> pacing.group(entry);
                case "track_group", "static_ipaddress", "static_routes", "static_rules" ->
                        routing.bind(entry);
                case "vrrp_sync_group" -> group(entry);
                case "vrrp_instance" -> instance(entry);
                default -> {} // Bound elsewhere, or without effect.
            }
        }
        List<SyncGroupSpec> bound =
                new SyncGroupBinder(context)
                        .bind(groups, groupTracking, instances, instanceNames.keySet());
        List<VrrpSpec> plain = new PlainMembers(context, instanceNames).without(instances, bound);
        return new NodeSpec(
                routing.groups().track(plain),
                bound,
                trackables.scriptSpecs,
                context.globals().time("vrrp_startup_delay").orElse(Duration.ZERO),
                pacing.pacing(),
                new HearingBinder(context).bind(),
                new Watching(
                        trackables.fileSpecs,
                        trackables.processSpecs,
                        new LinkWatchBinder(context).bind(root, root.all("vrrp_instance"), plain)),
                routing.statics(instanceNames.keySet()));
    }

    /// The sessions of BFD, which stand among what is tracked.
    BfdOrders sessions() {
        return sessions.orders();
    }

    /// The checks of a session or a file by health checkers need their names.
    Trackables trackables() {
        return trackables;
    }

    private void group(Entry entry) {
        String name = entry.text();
        if (groupTracking.containsKey(name)) {
            context.findings().error(entry.word(0), "there is a group '" + name + "' already");
            return;
        }
        groupTracking.put(
                name,
                new TrackingReader(context, trackables)
                        .read(entry.inner(), false, Optional.empty()));
        groups.add(entry);
    }

    private void instance(Entry entry) {
        String name = entry.text();
        if (instanceNames.putIfAbsent(name, entry.word(0)) != null) {
            context.findings().error(entry.word(0), "there is an instance '" + name + "' already");
            return;
        }
        Optional<VrrpSpec> spec =
                new InstanceBinder(table, context, trackables, routing, entry).bind();
        if (spec.isEmpty()) {
            return;
        }
        String other = keys.putIfAbsent(spec.get().key().onTheWire(), name);
        if (other == null) {
            instances.add(spec.get());
        } else {
            context.findings()
                    .fatal(
                            entry.inner().last("virtual_router_id").orElseThrow().word(0),
                            "'%s' and '%s' are one virtual router: same id, family, interface, and"
                                            .formatted(other, name)
                                    + " group");
        }
    }
}
