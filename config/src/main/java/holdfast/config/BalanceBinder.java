package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Binds all that is about load balancing.
final class BalanceBinder {

    private final Context context;
    private final Trackables trackables;
    private final Map<ServiceKey, Word> places = new LinkedHashMap<>();

    BalanceBinder(Context context, Trackables trackables) {
        this.context = context;
        this.trackables = trackables;
    }

    /// @param plane the data plane that will carry the services
    /// @param marking what gives groups their marks
    BalanceSpec bind(Section root, GlobalSpec.Backend plane, Marking marking) {
        ServerGroups groups = new ServerGroups(marking);
        for (Entry entry : root.all("virtual_server_group")) {
            String name = entry.text();
            if (groups.has(name)) {
                context.findings().error(entry.word(0), "there is a group '" + name + "' already");
            } else {
                new ServerGroupBinder(context, marking.isEnabled())
                        .bind(entry)
                        .ifPresent(bound -> groups.put(name, bound));
            }
        }
        List<VirtualServerSpec> services = new ArrayList<>();
        for (Entry entry : root.all("virtual_server")) {
            VirtualServerBinder binder = new VirtualServerBinder(context, trackables, entry);
            binder.bind(groups).ifPresent(spec -> add(entry, spec, services));
        }
        return new BalanceSpec(
                carried(services, plane),
                context.globals().flag("rs_init_notifies").orElse(false),
                context.globals().flag("checker_share_probes").orElse(true));
    }

    private void add(Entry entry, VirtualServerSpec spec, List<VirtualServerSpec> services) {
        if (places.putIfAbsent(spec.key(), entry.word(0)) == null) {
            services.add(spec);
        } else {
            context.findings()
                    .unusable(
                            entry.word(0),
                            "there is a virtual_server %s already; this one is left out"
                                    .formatted(spec.key()));
        }
    }

    /// Without the services that the data plane cannot carry.
    private List<VirtualServerSpec> carried(
            List<VirtualServerSpec> services, GlobalSpec.Backend plane) {
        List<VirtualServerSpec> carried = new ArrayList<>();
        for (VirtualServerSpec spec : services) {
            List<String> limits = PlaneLimits.complaints(spec, plane);
            Word at = places.getOrDefault(spec.key(), NOWHERE);
            limits.forEach(limit -> context.findings().error(at, limit));
            PlaneLimits.remark(spec, plane)
                    .ifPresent(remark -> context.findings().warning(at, remark));
            if (limits.isEmpty()) {
                carried.add(spec);
            }
        }
        return carried;
    }

    private static final Word NOWHERE = new Word("", new Diagnostic.Span("", 1, 1), false);
}
