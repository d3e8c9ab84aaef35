package holdfast.balance;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.EditService;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.net.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows that the data plane was told to hold for one pool, under each service of it.
///
/// Commands are differences. What can serve more is added first and what serves less goes last, so
/// that a service that has someone to serve it at both ends has someone in between.
final class Rows {

    private final Sharing sharing;
    private final Map<Endpoint, Destination> present = new LinkedHashMap<>();
    private VirtualServerSpec spec;

    Rows(VirtualServerSpec spec, Sharing sharing) {
        this.spec = spec;
        this.sharing = sharing;
    }

    /// Makes the services, still without rows.
    void begin(List<BalanceEffect> out) {
        for (ServiceKey.Single member : spec.members()) {
            if (sharing.join(member, this)) {
                out.add(new AddService(spec.service(member)));
            }
        }
    }

    /// Goes over to another description: services that it does not have any more go, those that it
    /// has in addition get what the others have.
    void respecify(VirtualServerSpec next, List<BalanceEffect> out) {
        VirtualServerSpec before = spec;
        spec = next;
        for (ServiceKey.Single member : next.members()) {
            if (!before.members().contains(member)) {
                if (sharing.join(member, this)) {
                    out.add(new AddService(next.service(member)));
                }
                Changes changes = new Changes(out);
                present.values().forEach(row -> changes.add(member, null, row));
                changes.finish();
            } else if (sharing.isFirst(member, this)
                    && !before.service(member).equals(next.service(member))) {
                out.add(new EditService(next.service(member)));
            }
        }
        for (ServiceKey.Single member : before.members()) {
            if (!next.members().contains(member)) {
                withdraw(before.service(member), present.values(), out);
            }
        }
    }

    /// Makes the rows of these endpoints what `wanted` says.
    void settle(
            Collection<Endpoint> endpoints,
            Function<Endpoint, Optional<Destination>> wanted,
            List<BalanceEffect> out) {
        Changes changes = new Changes(out);
        for (Endpoint endpoint : endpoints) {
            @Nullable Destination was = present.get(endpoint);
            @Nullable Destination is = wanted.apply(endpoint).orElse(null);
            if (Objects.equals(was, is)) {
                continue;
            }
            if (is == null) {
                present.remove(endpoint);
            } else {
                present.put(endpoint, is);
            }
            for (ServiceKey.Single member : spec.members()) {
                changes.add(member, was, is);
            }
        }
        changes.finish();
    }

    /// Says again what one of the services should hold, to a plane that may have lost it; the first
    /// pool that has it says it for all of them.
    void repeat(ServiceKey.Single member, List<BalanceEffect> out) {
        if (sharing.isFirst(member, this)) {
            out.add(new AddService(spec.service(member)));
            sharing.users(member).forEach(user -> user.repeatRows(member, out));
        }
    }

    private void repeatRows(ServiceKey.Single member, List<BalanceEffect> out) {
        for (Destination row : present.values()) {
            Destination mine = under(member, row);
            if (mine != null && isFirstWith(member, mine.endpoint())) {
                Destination best = best(member, mine.endpoint(), mine);
                out.add(new AddDestination(member, best == null ? mine : best));
            }
        }
    }

    /// Takes everything away, the sorry server first, the service last.
    void clear(Optional<Endpoint> sorry, List<BalanceEffect> out) {
        List<Destination> rows = new ArrayList<>(present.values());
        sorry.map(present::get).filter(rows::remove).ifPresent(rows::addFirst);
        present.clear();
        for (ServiceKey.Single member : spec.members()) {
            withdraw(spec.service(member), rows, out);
        }
    }

    /// Takes these rows out of one service, and then leaves it.
    private void withdraw(Service service, Collection<Destination> rows, List<BalanceEffect> out) {
        ServiceKey.Single member = service.key();
        Changes changes = new Changes(out);
        rows.forEach(row -> changes.add(member, row, null));
        changes.finish();
        boolean decided = sharing.isFirst(member, this);
        Optional<Service> heir = sharing.leave(member, this).map(one -> one.spec.service(member));
        if (heir.isEmpty()) {
            out.add(new RemoveService(member));
        } else if (decided && !heir.get().equals(service)) {
            out.add(new EditService(heir.get()));
        }
    }

    /// Commands in the making: what serves more is said at once, what serves less in the end.
    private final class Changes {

        private final List<BalanceEffect> out;
        private final List<BalanceEffect> raised = new ArrayList<>();
        private final List<BalanceEffect> lowered = new ArrayList<>();
        private final List<BalanceEffect> removed = new ArrayList<>();

        Changes(List<BalanceEffect> out) {
            this.out = out;
        }

        /// A row of this pool changed.
        void add(ServiceKey.Single member, @Nullable Destination was, @Nullable Destination is) {
            @Nullable Destination mine = under(member, was);
            @Nullable Destination mineNow = under(member, is);
            @Nullable Destination any = mine == null ? mineNow : mine;
            if (any == null) {
                return;
            }
            @Nullable Destination from = best(member, any.endpoint(), mine);
            @Nullable Destination to = best(member, any.endpoint(), mineNow);
            if (to == null) {
                removed.add(new RemoveDestination(member, any.endpoint()));
            } else if (from == null) {
                out.add(new AddDestination(member, to));
            } else if (!from.equals(to)) {
                (to.weight() > from.weight() ? raised : lowered)
                        .add(new EditDestination(member, to));
            }
        }

        void finish() {
            out.addAll(raised);
            out.addAll(lowered);
            out.addAll(removed);
        }
    }

    /// What the plane has of a server that several pools may have under one service: the row of the
    /// greatest weight, and among equals of the pool that was there first.
    ///
    /// @param mine what this pool has
    private @Nullable Destination best(
            ServiceKey.Single member, Endpoint endpoint, @Nullable Destination mine) {
        List<Rows> users = sharing.users(member);
        if (users.size() < 2) {
            return mine;
        }
        @Nullable Destination best = null;
        for (Rows user : users) {
            @Nullable Destination row = user.equals(this) ? mine : user.rowOf(member, endpoint);
            if (row != null && (best == null || row.weight() > best.weight())) {
                best = row;
            }
        }
        return best;
    }

    /// Whether no pool that was there before has the same server under this service.
    private boolean isFirstWith(ServiceKey.Single member, Endpoint endpoint) {
        for (Rows user : sharing.users(member)) {
            if (user.equals(this)) {
                return true;
            }
            if (user.rowOf(member, endpoint) != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Destination rowOf(ServiceKey.Single member, Endpoint endpoint) {
        for (Destination candidate : present.values()) {
            Destination row = under(member, candidate);
            if (row != null && row.endpoint().equals(endpoint)) {
                return row;
            }
        }
        return null;
    }

    /// A row as it stands under one of the services: a server without a port serves that of the
    /// service, and only tunnels lead from one family to the other.
    private static @Nullable Destination under(
            ServiceKey.Single member, @Nullable Destination row) {
        if (row == null) {
            return null;
        }
        if (row.endpoint().address().family() != member.family()
                && !(row.forwarding() instanceof Forwarding.Tunnel)) {
            return null;
        }
        if (row.endpoint().port() != 0
                || !(member instanceof ServiceKey.Address(_, Endpoint(_, int port)))
                || port == 0) {
            return row;
        }
        return new Destination(
                new Endpoint(row.endpoint().address(), port),
                row.weight(),
                row.forwarding(),
                row.upperThreshold(),
                row.lowerThreshold());
    }

    Collection<Endpoint> endpoints() {
        return List.copyOf(present.keySet());
    }

    List<Destination> all() {
        return List.copyOf(present.values());
    }
}
