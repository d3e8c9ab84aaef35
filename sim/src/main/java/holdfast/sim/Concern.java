package holdfast.sim;

import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All orders that concern one instance: its own, those of its group and of what that tracks, and
/// the addresses of owners, which adverts may come from.
record Concern(List<Object> orders) {

    Concern {
        orders = List.copyOf(orders);
    }

    static Concern of(NodeSpec orders, VrrpSpec instance) {
        List<Object> all = new ArrayList<>();
        for (VrrpSpec one : orders.instances()) {
            if (one.isOwner()) {
                all.add(one.addresses());
                all.add(one.excluded());
            }
        }
        List<VrrpSpec> watchers = new ArrayList<>(List.of(instance));
        List<Tracking> trackings = new ArrayList<>();
        for (SyncGroupSpec group : orders.groups()) {
            if (group.members().contains(instance.name())) {
                all.add(group);
                trackings.add(group.tracking());
                orders.instances().stream()
                        .filter(one -> group.members().contains(one.name()))
                        .forEach(watchers::add);
            }
        }
        all.addAll(watchers);
        watchers.forEach(one -> trackings.add(one.tracking()));
        addWatched(orders, trackings, all);
        orders.statics().reliances().stream()
                .filter(one -> watchers.stream().anyMatch(w -> one.instances().contains(w.name())))
                .forEach(all::add);
        return new Concern(all);
    }

    private static void addWatched(NodeSpec orders, List<Tracking> trackings, List<Object> all) {
        Set<String> names = new HashSet<>();
        for (Tracking tracking : trackings) {
            tracking.scripts().forEach(item -> names.add(item.name()));
            tracking.files().forEach(item -> names.add(item.name()));
            tracking.processes().forEach(item -> names.add(item.name()));
        }
        orders.scripts().stream().filter(one -> names.contains(one.name())).forEach(all::add);
        orders.watching().files().stream()
                .filter(one -> names.contains(one.name()))
                .forEach(all::add);
        orders.watching().processes().stream()
                .filter(one -> names.contains(one.name()))
                .forEach(all::add);
        all.add(orders.watching().links());
    }
}
