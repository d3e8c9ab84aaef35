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
import java.util.Optional;
import java.util.function.Function;

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
                present.values().forEach(row -> add(member, row, out));
            } else if (sharing.isFirst(member, this)
                    && !before.service(member).equals(next.service(member))) {
                out.add(new EditService(next.service(member)));
            }
        }
        for (ServiceKey.Single member : before.members()) {
            if (!next.members().contains(member)) {
                present.values().forEach(row -> remove(member, row, out));
                leave(member, out);
            }
        }
    }

    /// Makes the rows of these endpoints what `wanted` says.
    void settle(
            Collection<Endpoint> endpoints,
            Function<Endpoint, Optional<Destination>> wanted,
            List<BalanceEffect> out) {
        List<Destination> lowered = new ArrayList<>();
        List<Destination> removed = new ArrayList<>();
        List<Destination> raised = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            Destination is = present.get(endpoint);
            Optional<Destination> shall = wanted.apply(endpoint);
            if (shall.isEmpty()) {
                if (is != null) {
                    present.remove(endpoint);
                    removed.add(is);
                }
                continue;
            }
            Destination row = shall.get();
            if (row.equals(is)) {
                continue;
            }
            present.put(endpoint, row);
            if (is == null) {
                for (ServiceKey.Single member : spec.members()) {
                    add(member, row, out);
                }
            } else {
                (row.weight() > is.weight() ? raised : lowered).add(row);
            }
        }
        for (ServiceKey.Single member : spec.members()) {
            raised.forEach(row -> edit(member, row, out));
            lowered.forEach(row -> edit(member, row, out));
            removed.forEach(row -> remove(member, row, out));
        }
    }

    /// Says again what one of the services should hold, to a plane that may have lost it.
    void repeat(ServiceKey.Single member, List<BalanceEffect> out) {
        if (sharing.isFirst(member, this)) {
            out.add(new AddService(spec.service(member)));
        }
        present.values().forEach(row -> add(member, row, out));
    }

    /// Takes everything away, the sorry server first, the service last.
    void clear(Optional<Endpoint> sorry, List<BalanceEffect> out) {
        List<Destination> rows = new ArrayList<>(present.values());
        sorry.map(present::get).filter(rows::remove).ifPresent(rows::addFirst);
        present.clear();
        for (ServiceKey.Single member : spec.members()) {
            rows.forEach(row -> remove(member, row, out));
            leave(member, out);
        }
    }

    private void leave(ServiceKey.Single member, List<BalanceEffect> out) {
        boolean decided = sharing.isFirst(member, this);
        Optional<Rows> heir = sharing.leave(member, this);
        if (heir.isEmpty()) {
            out.add(new RemoveService(member));
        } else if (decided) {
            out.add(new EditService(heir.get().spec.service(member)));
        }
    }

    private void add(ServiceKey.Single member, Destination row, List<BalanceEffect> out) {
        Optional<Destination> mine = under(member, row);
        if (mine.isEmpty()) {
            return;
        }
        Optional<Destination> theirs = ofOthers(member, mine.get().endpoint());
        if (theirs.isEmpty()) {
            out.add(new AddDestination(member, mine.get()));
        } else if (!theirs.equals(mine)) {
            out.add(new EditDestination(member, mine.get()));
        }
    }

    private static void edit(ServiceKey.Single member, Destination row, List<BalanceEffect> out) {
        under(member, row).ifPresent(it -> out.add(new EditDestination(member, it)));
    }

    private void remove(ServiceKey.Single member, Destination row, List<BalanceEffect> out) {
        Optional<Destination> mine = under(member, row);
        if (mine.isEmpty()) {
            return;
        }
        Optional<Destination> theirs = ofOthers(member, mine.get().endpoint());
        if (theirs.isEmpty()) {
            out.add(new RemoveDestination(member, mine.get().endpoint()));
        } else if (!theirs.equals(mine)) {
            out.add(new EditDestination(member, theirs.get()));
        }
    }

    /// The row of another pool that has the same server under the same service.
    private Optional<Destination> ofOthers(ServiceKey.Single member, Endpoint endpoint) {
        for (Rows other : sharing.others(member, this)) {
            for (Destination row : other.present.values()) {
                Optional<Destination> theirs = under(member, row);
                if (theirs.isPresent() && theirs.get().endpoint().equals(endpoint)) {
                    return theirs;
                }
            }
        }
        return Optional.empty();
    }

    /// A row as it stands under one of the services: a server without a port serves that of the
    /// service, and only tunnels lead from one family to the other.
    private static Optional<Destination> under(ServiceKey.Single member, Destination row) {
        if (row.endpoint().address().family() != member.family()
                && !(row.forwarding() instanceof Forwarding.Tunnel)) {
            return Optional.empty();
        }
        if (row.endpoint().port() != 0
                || !(member instanceof ServiceKey.Address(_, Endpoint(_, int port)))
                || port == 0) {
            return Optional.of(row);
        }
        return Optional.of(
                new Destination(
                        new Endpoint(row.endpoint().address(), port),
                        row.weight(),
                        row.forwarding(),
                        row.upperThreshold(),
                        row.lowerThreshold()));
    }

    Collection<Endpoint> endpoints() {
        return List.copyOf(present.keySet());
    }

    List<Destination> all() {
        return List.copyOf(present.values());
    }
}
