package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.vrrp.FaultReason.Kind;
import holdfast.vrrp.VrrpEffect.ClaimAddresses;
import holdfast.vrrp.VrrpEffect.ClaimRouting;
import holdfast.vrrp.VrrpEffect.ReleaseAddresses;
import holdfast.vrrp.VrrpEffect.ReleaseRouting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the static addresses, routes and rules of a host in place.
final class StaticEstate {

    /// In effects and events these belong to no instance.
    static final String NOBODY = "";

    private Statics spec = Statics.NONE;

    /// What became of claims, also of those that nobody relies on yet; absent while unknown.
    private final Map<Routing, Boolean> inPlace = new HashMap<>();

    /// Makes the orders in force those of `next`; what is the same is not touched.
    void respecify(Turn turn, Statics next) {
        List<Routing> goneRouting = without(spec.routing(), next.routing());
        List<VirtualAddress> goneAddresses = without(spec.addresses(), next.addresses());
        List<VirtualAddress> newAddresses = without(next.addresses(), spec.addresses());
        List<Routing> newRouting = without(next.routing(), spec.routing());
        spec = next;
        goneRouting.forEach(inPlace::remove);
        release(turn, goneAddresses, goneRouting);
        if (!newAddresses.isEmpty()) {
            turn.ask(new ClaimAddresses(NOBODY, newAddresses));
        }
        if (!newRouting.isEmpty()) {
            turn.ask(new ClaimRouting(NOBODY, newRouting));
        }
    }

    /// Takes everything away, for good.
    void release(Turn turn) {
        release(turn, spec.addresses(), spec.routing());
        spec = Statics.NONE;
    }

    private static void release(Turn turn, List<VirtualAddress> addresses, List<Routing> routing) {
        if (!routing.isEmpty()) {
            turn.ask(new ReleaseRouting(NOBODY, routing.reversed()));
        }
        if (!addresses.isEmpty()) {
            turn.ask(new ReleaseAddresses(NOBODY, addresses.reversed()));
        }
    }

    /// Puts back what somebody took away. Routes that need the address went with it in silence, so
    /// all of them are claimed again: those that are still there stay as they are.
    void onTakenAway(Turn turn, String interfaceName, IpAddress taken) {
        for (VirtualAddress address : spec.addresses()) {
            if (address.tracked()
                    && address.interfaceName().equals(interfaceName)
                    && address.address().equals(taken)) {
                turn.ask(new ClaimAddresses(NOBODY, List.of(address)));
                List<Routing> tracked = spec.routing().stream().filter(Routing::tracked).toList();
                if (!tracked.isEmpty()) {
                    turn.ask(new ClaimRouting(NOBODY, tracked));
                }
            }
        }
    }

    /// Puts back what somebody took away.
    void onTakenAway(Turn turn, Routing taken) {
        if (taken.tracked() && spec.routing().contains(taken)) {
            turn.ask(new ClaimRouting(NOBODY, List.of(taken)));
        }
    }

    /// Learns what became of a claim; says whether that may matter to an instance.
    boolean learn(Routing routing, boolean placed) {
        if (!spec.routing().contains(routing)) {
            return false; // what it was about is gone meanwhile
        }
        Boolean before = inPlace.put(routing, placed);
        boolean changed = before == null || before != placed;
        return changed
                && spec.reliances().stream().anyMatch(one -> one.routing().contains(routing));
    }

    /// What an instance waits for before it takes any role.
    List<FaultReason> unknown(String instance) {
        List<FaultReason> reasons = new ArrayList<>();
        for (Statics.Reliance reliance : spec.reliances()) {
            if (reliance.instances().contains(instance)
                    && !inPlace.keySet().containsAll(reliance.routing())) {
                reasons.add(new FaultReason(Kind.STATIC_MISSING, reliance.group()));
            }
        }
        return reasons;
    }

    /// What keeps an instance in FAULT.
    List<FaultReason> faults(String instance) {
        List<FaultReason> reasons = new ArrayList<>();
        for (Statics.Reliance reliance : spec.reliances()) {
            if (reliance.instances().contains(instance)
                    && reliance.routing().stream()
                            .anyMatch(one -> !inPlace.getOrDefault(one, true))) {
                reasons.add(new FaultReason(Kind.STATIC_MISSING, reliance.group()));
            }
        }
        return reasons;
    }

    private static <T> List<T> without(List<T> all, List<T> others) {
        List<T> rest = new ArrayList<>(all);
        rest.removeAll(others);
        return List.copyOf(rest);
    }
}
