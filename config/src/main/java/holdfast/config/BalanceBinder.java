package holdfast.config;

import holdfast.balance.BalanceSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds all that is about load balancing.
final class BalanceBinder {

    private final Context context;
    private final Trackables trackables;
    private final Vetting vetting;
    private final boolean keeps;
    private final EarlierServices earlier;
    private final Set<ServiceKey> keys = new HashSet<>();
    private final List<VirtualServerSpec> services = new ArrayList<>();
    private int count;

    /// @param vetting of what was left in the text
    /// @param keeps whether anybody wants the services, and not only know what is wrong with them
    /// @param earlier what the same reader bound last time
    BalanceBinder(
            Context context,
            Trackables trackables,
            Vetting vetting,
            boolean keeps,
            EarlierServices earlier) {
        this.context = context;
        this.trackables = trackables;
        this.vetting = vetting;
        this.keeps = keeps;
        this.earlier = earlier;
    }

    /// How many services the data plane will carry, also if they are not kept.
    int count() {
        return count;
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
        earlier.begin(new EarlierServices.Terms(context.globals(), plane, context.client()));
        for (Entry entry : root.all("virtual_server")) {
            Optional<EarlierServices.Bound> before = earlier.find(entry);
            if (before.isPresent()) {
                take(entry, before.get());
            } else {
                bind(entry, groups, plane);
            }
        }
        earlier.end();
        return new BalanceSpec(
                services,
                context.globals().flag("rs_init_notifies").orElse(false),
                context.globals().flag("checker_share_probes").orElse(true));
    }

    /// One after the other, so that what it takes to bind one need not be there for all.
    private void bind(Entry entry, ServerGroups groups, GlobalSpec.Backend plane) {
        int complaints = context.findings().count();
        Optional<VirtualServerSpec> spec =
                vetting.complete(entry)
                        .flatMap(
                                complete ->
                                        new VirtualServerBinder(context, trackables, complete)
                                                .bind(groups));
        if (spec.isPresent()
                && isFirst(entry, spec.get().key())
                && isCarried(entry, spec.get(), plane)) {
            count++;
            VirtualServerSpec shared = earlier.shared(entry, spec.get());
            if (keeps) {
                services.add(shared);
            }
            if (context.findings().count() == complaints) {
                earlier.note(entry, shared, keeps);
            }
        }
    }

    private void take(Entry entry, EarlierServices.Bound before) {
        if (isFirst(entry, before.key())) {
            count++;
            before.spec().ifPresent(services::add);
            earlier.note(entry, before);
        }
    }

    private boolean isFirst(Entry entry, ServiceKey key) {
        if (keys.add(key)) {
            return true;
        }
        context.findings()
                .unusable(
                        entry.word(0),
                        "there is a virtual_server %s already; this one is left out"
                                .formatted(key));
        return false;
    }

    /// Whether the data plane can carry it.
    private boolean isCarried(Entry entry, VirtualServerSpec spec, GlobalSpec.Backend plane) {
        Word at = entry.word(0);
        List<String> limits = PlaneLimits.complaints(spec, plane);
        limits.forEach(limit -> context.findings().error(at, limit));
        PlaneLimits.remark(spec, plane).ifPresent(remark -> context.findings().warning(at, remark));
        return limits.isEmpty();
    }
}
