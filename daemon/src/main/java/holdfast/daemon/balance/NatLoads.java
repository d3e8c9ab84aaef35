package holdfast.daemon.balance;

import holdfast.balance.Protocol;
import holdfast.balance.ServiceKey;
import holdfast.balance.Traffic;
import holdfast.daemon.balance.ConnectionCount.Load;
import holdfast.daemon.balance.ConnectionSurvey.Way;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of the connections of services whose scheduler counts them, and the shares that
/// follow from it. Nothing is counted while there is no such service.
final class NatLoads implements AutoCloseable {

    private final Map<ServiceKey.Single, ConnectionCount> known = new HashMap<>();
    private Optional<ConnectionSurvey> survey = Optional.empty();
    private List<NatService> surveyed = List.of();
    private MonoTime dueAt = MonoTime.NEVER;
    private boolean impossible;

    /// The service with the shares that follow from the last count.
    NatService shared(NatService service) {
        ConnectionCount count = known.get(service.key());
        return !service.counts() || count == null
                ? service.with(Map.of())
                : service.with(
                        ConnectionShares.of(
                                service.service().scheduler(),
                                service.rows().values(),
                                count,
                                service.shares()));
    }

    /// Connections as they were counted last.
    List<Traffic> traffic() {
        List<Traffic> found = new ArrayList<>();
        known.forEach(
                (key, count) ->
                        count.loads()
                                .forEach(
                                        (server, load) ->
                                                found.add(
                                                        new Traffic(
                                                                key,
                                                                Optional.of(server),
                                                                Optional.of(now(load)),
                                                                Optional.empty()))));
        return found;
    }

    private static Traffic.Connections now(Load load) {
        return new Traffic.Connections(load.old() + load.young(), 0, 0);
    }

    /// There are services to count for.
    void expect(MonoTime now) {
        if (dueAt.equals(MonoTime.NEVER) && !impossible) {
            dueAt = now;
        }
    }

    MonoTime deadline() {
        return dueAt;
    }

    /// Counts on.
    ///
    /// @return services of which there is news
    List<ServiceKey.Single> onDeadline(MonoTime now, Collection<NatService> services)
            throws SyscallException {
        if (dueAt.isAfter(now)) {
            return List.of();
        }
        try {
            if (surveyed.isEmpty() && !begin(services)) {
                dueAt = MonoTime.NEVER;
                known.clear();
                return List.of();
            }
            ConnectionSurvey counting = survey.orElseThrow();
            if (!counting.proceed()) {
                dueAt = counting.pause(now);
                return List.of();
            }
            dueAt = counting.next(now);
            List<ServiceKey.Single> news = counting.findings().map(this::learn).orElse(List.of());
            surveyed = List.of();
            return news;
        } catch (SyscallException e) {
            impossible = true;
            dueAt = MonoTime.NEVER;
            known.clear();
            throw e;
        }
    }

    /// @return whether there is anything to count
    private boolean begin(Collection<NatService> services) throws SyscallException {
        surveyed = services.stream().filter(NatService::counts).toList();
        if (surveyed.isEmpty()) {
            return false;
        }
        if (survey.isEmpty()) {
            survey = Optional.of(new ConnectionSurvey());
        }
        Set<Family> families = EnumSet.noneOf(Family.class);
        surveyed.forEach(service -> families.add(service.key().family()));
        survey.get().begin(families);
        return true;
    }

    private List<ServiceKey.Single> learn(Map<Way, Load> findings) {
        Map<ServiceKey.Single, NatService> byKey = new HashMap<>();
        Map<Endpoint, List<NatService>> marked = new HashMap<>();
        for (NatService service : surveyed) {
            byKey.put(service.key(), service);
            if (service.key() instanceof ServiceKey.Mark) {
                for (Endpoint row : service.rows().keySet()) {
                    marked.computeIfAbsent(row, _ -> new ArrayList<>()).add(service);
                }
            }
        }
        Map<ServiceKey.Single, Map<Endpoint, Load>> loads = new HashMap<>();
        findings.forEach(
                (way, load) -> {
                    for (NatService service : servicesOf(way, byKey, marked)) {
                        loads.computeIfAbsent(service.key(), _ -> new LinkedHashMap<>())
                                .merge(row(service, way.server()), load, Load::plus);
                    }
                });
        known.keySet().retainAll(byKey.keySet());
        for (ServiceKey.Single key : byKey.keySet()) {
            ConnectionCount before = known.getOrDefault(key, ConnectionCount.NOTHING);
            known.put(key, before.next(loads.getOrDefault(key, Map.of())));
        }
        return List.copyOf(byKey.keySet());
    }

    /// A connection says where its client went, but not by which mark; there its server has to do.
    private static List<NatService> servicesOf(
            Way way,
            Map<ServiceKey.Single, NatService> byKey,
            Map<Endpoint, List<NatService>> marked) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.number() == way.protocol()) {
                Endpoint anyPort = new Endpoint(way.service().address(), 0);
                NatService exact = byKey.get(new ServiceKey.Address(protocol, way.service()));
                NatService any = byKey.get(new ServiceKey.Address(protocol, anyPort));
                if (exact != null || any != null) {
                    return List.of(exact != null ? exact : any);
                }
            }
        }
        Endpoint anyPort = new Endpoint(way.server().address(), 0);
        return marked.getOrDefault(way.server(), marked.getOrDefault(anyPort, List.of()));
    }

    private static Endpoint row(NatService service, Endpoint server) {
        return service.translatesPorts() ? server : new Endpoint(server.address(), 0);
    }

    @Override
    public void close() {
        survey.ifPresent(ConnectionSurvey::close);
    }
}
