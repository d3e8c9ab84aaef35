package holdfast.sim.pools;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEvent;
import holdfast.balance.BalanceSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.VirtualServerSpec;
import holdfast.sim.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a reload may do, and what not.
final class ReloadLaws {

    private final Coverage coverage;
    private final Map<ServiceKey, ServiceStatus> last = new HashMap<>();

    ReloadLaws(Coverage coverage) {
        this.coverage = coverage;
    }

    void remember(Map<ServiceKey, ServiceStatus> status) {
        last.clear();
        last.putAll(status);
    }

    void look(
            BalanceSpec before,
            BalanceSpec orders,
            BalanceEvent event,
            List<BalanceEffect> effects,
            Map<ServiceKey, ServiceStatus> status) {
        if (!(event instanceof BalanceEvent.Respecified)) {
            return;
        }
        coverage.expect(
                PoolLaw.RELOAD_WITHOUT_NEWS,
                !before.equals(orders) || effects.isEmpty(),
                () -> "without news: " + effects);
        Set<ServiceKey> changed = new HashSet<>();
        Set<ServiceKey.Single> touched = new HashSet<>();
        List<VirtualServerSpec> all = new ArrayList<>(before.services());
        all.addAll(orders.services());
        for (VirtualServerSpec service : all) {
            if (!before.services().contains(service) || !orders.services().contains(service)) {
                changed.add(service.key());
                touched.addAll(service.members());
            }
        }
        for (BalanceEffect effect : effects) {
            boolean meant =
                    switch (effect) {
                        case PlaneCommand command -> touched.contains(command.key());
                        case BalanceEffect.ServerTurned turned -> changed.contains(turned.key());
                        case BalanceEffect.WeightChanged told -> changed.contains(told.key());
                        case BalanceEffect.QuorumChanged told -> changed.contains(told.key());
                        case BalanceEffect.PanicChanged told -> changed.contains(told.key());
                        case BalanceEffect.ServerRemoved gone -> changed.contains(gone.key());
                        case BalanceEffect.StartProbe _ -> false;
                        case BalanceEffect.AbandonProbe _,
                                BalanceEffect.CheckTurned _,
                                BalanceEffect.CheckFailed _,
                                BalanceEffect.CertificateEnding _,
                                BalanceEffect.LengthDiffers _ ->
                                true;
                    };
            coverage.expect(PoolLaw.UNCHANGED_UNTOUCHED, meant, () -> "nobody asked for " + effect);
        }
        status.forEach(this::memory);
    }

    private void memory(ServiceKey key, ServiceStatus now) {
        ServiceStatus old = last.get(key);
        if (old == null) {
            return;
        }
        for (ServiceStatus.ServerStatus server : now.servers()) {
            for (ServiceStatus.ServerStatus was : old.servers()) {
                if (was.spec().endpoint().equals(server.spec().endpoint())
                        && was.spec().checkers().equals(server.spec().checkers())) {
                    coverage.expect(
                            PoolLaw.MEMORY,
                            was.alive() == server.alive(),
                            () -> key + ": " + was + " became " + server);
                }
            }
        }
    }
}
