package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.EditService;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.balance.Traffic;
import holdfast.daemon.kernel.IpvsFamily;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.Errno;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.netlink.Reply;
import holdfast.netlink.ipvs.GenericFamily;
import holdfast.netlink.ipvs.IpvsDestination;
import holdfast.netlink.ipvs.IpvsKey;
import holdfast.netlink.ipvs.IpvsReading;
import holdfast.netlink.ipvs.IpvsReading.DestinationFound;
import holdfast.netlink.ipvs.IpvsReading.ServiceFound;
import holdfast.netlink.ipvs.IpvsService;
import holdfast.netlink.ipvs.IpvsStatistics;
import holdfast.netlink.ipvs.IpvsWriter;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kernel's load balancer, by generic netlink.
///
/// Services that we were not told of are left alone. A row's place in the kernel depends on its
/// forwarding, so the plane remembers the rows it was told.
final class IpvsPlane implements DataPlane {

    /// Commands a datagram; their answers must fit into the receive buffer.
    private static final int COMMANDS_MAX = 128;

    private final NetlinkExchange exchange;
    private final GenericFamily family;
    private final IpvsWriter writer;
    private final Map<ServiceKey.Single, Map<Endpoint, Destination>> told = new HashMap<>();
    private final Map<ServiceKey.Single, Service> services = new HashMap<>();

    private IpvsPlane(NetlinkExchange exchange, GenericFamily family) {
        this.exchange = exchange;
        this.family = family;
        this.writer = new IpvsWriter(exchange.out(), family);
    }

    /// Empty when this kernel has no IPVS, and none that modprobe could load.
    ///
    /// @param home where the services are
    static Optional<IpvsPlane> open(IpvsHome home) throws SyscallException {
        NetlinkExchange exchange = home.open();
        Optional<GenericFamily> found = IpvsFamily.findOrLoad(exchange);
        if (found.isEmpty()) {
            exchange.close();
        }
        return found.map(family -> new IpvsPlane(exchange, family));
    }

    @Override
    public void makeRoom(int bytes, boolean forced) throws SyscallException {
        exchange.receiveBuffer(bytes, forced);
    }

    @Override
    public String name() {
        return "IPVS";
    }

    @Override
    public List<Refusal> start(List<PlaneCommand> commands) throws SyscallException {
        Set<ServiceKey.Single> found = new LinkedHashSet<>();
        List<Refusal> refusals = apply(commands, found);
        for (ServiceKey.Single key : found) {
            removeLeftovers(key);
        }
        return refusals;
    }

    /// What a killed predecessor left under a service of ours, and nobody wants any more.
    private void removeLeftovers(ServiceKey.Single key) throws SyscallException {
        Set<Endpoint> wanted = new HashSet<>();
        told.getOrDefault(key, Map.of())
                .values()
                .forEach(row -> wanted.add(IpvsTerms.destination(key, row).endpoint()));
        int last = 0;
        for (IpvsDestination row : rows(key)) {
            if (!wanted.contains(row.endpoint())) {
                last = exchange.nextSequence();
                writer.removeDestination(last, IpvsTerms.key(key), row);
            }
        }
        if (last != 0) {
            exchange.send(last);
        }
    }

    @Override
    public List<Refusal> apply(List<PlaneCommand> commands) throws SyscallException {
        return apply(commands, new HashSet<>());
    }

    /// @param found where services are put that were there when they should have been added
    private List<Refusal> apply(List<PlaneCommand> commands, Set<ServiceKey.Single> found)
            throws SyscallException {
        List<Refusal> refusals = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += COMMANDS_MAX) {
            int to = Math.min(commands.size(), from + COMMANDS_MAX);
            List<PlaneCommand> second = new ArrayList<>();
            Map<Integer, PlaneCommand> sent = new LinkedHashMap<>();
            write(commands.subList(from, to), sent);
            for (Reply.Refused no : exchange(sent)) {
                PlaneCommand command = sent.get(no.sequence());
                if (command != null) {
                    judge(command, no, second, refusals);
                    if (command instanceof AddService(var service)
                            && NetlinkExchange.is(no, Errno.EEXIST)) {
                        found.add(service.key());
                    }
                }
            }
            sent.clear();
            write(second, sent);
            for (Reply.Refused no : exchange(sent)) {
                PlaneCommand command = sent.get(no.sequence());
                if (command != null) {
                    refusals.add(refusal(command, no));
                }
            }
        }
        return refusals;
    }

    private List<Reply.Refused> exchange(Map<Integer, PlaneCommand> sent) throws SyscallException {
        return sent.isEmpty() ? List.of() : exchange.send(Collections.max(sent.keySet()));
    }

    /// What exists already is edited, what is missing is added, what is gone is gone.
    private static void judge(
            PlaneCommand command,
            Reply.Refused no,
            List<PlaneCommand> second,
            List<Refusal> refusals) {
        boolean exists = NetlinkExchange.is(no, Errno.EEXIST);
        boolean noService = NetlinkExchange.is(no, Errno.ESRCH);
        boolean noRow =
                NetlinkExchange.is(no, Errno.ENOENT)
                        || noService && second.stream().anyMatch(it -> adds(it, command.key()));
        switch (command) {
            case AddService(var service) when exists -> second.add(new EditService(service));
            case EditService(var service) when noService -> second.add(new AddService(service));
            case AddDestination(var key, var row) when exists ->
                    second.add(new EditDestination(key, row));
            case EditDestination(var key, var row) when noRow ->
                    second.add(new AddDestination(key, row));
            case AddDestination _ when noRow -> second.add(command);
            case RemoveService _ when noService -> {}
            case RemoveDestination _ when noService || noRow -> {}
            default -> refusals.add(refusal(command, no));
        }
    }

    private static boolean adds(PlaneCommand command, ServiceKey.Single key) {
        return command instanceof AddService && command.key().equals(key);
    }

    private static Refusal refusal(PlaneCommand command, Reply.Refused no) {
        boolean rowOfNoService =
                (command instanceof AddDestination || command instanceof EditDestination)
                        && NetlinkExchange.is(no, Errno.ESRCH);
        boolean strangeScheduler =
                (command instanceof AddService || command instanceof EditService)
                        && NetlinkExchange.is(no, Errno.ENOENT);
        String reason =
                strangeScheduler
                        ? "the kernel has no such scheduler or persistence engine"
                        : NetlinkExchange.words(no);
        return new Refusal(command, reason, rowOfNoService);
    }

    /// Only the last is acknowledged: of the others the kernel says what it refuses.
    private void write(List<PlaneCommand> commands, Map<Integer, PlaneCommand> sent) {
        int last = commands.size() - 1;
        for (int i = 0; i <= last; i++) {
            writer.acknowledge(i == last);
            write(commands.get(i), sent);
        }
        writer.acknowledge(true);
    }

    private void write(PlaneCommand command, Map<Integer, PlaneCommand> sent) {
        int sequence = exchange.nextSequence();
        sent.put(sequence, command);
        switch (command) {
            case AddService(var service) -> {
                told.putIfAbsent(service.key(), new LinkedHashMap<>());
                services.put(service.key(), service);
                writer.addService(sequence, IpvsTerms.service(service));
            }
            case EditService(var service) -> {
                told.putIfAbsent(service.key(), new LinkedHashMap<>());
                services.put(service.key(), service);
                writer.editService(sequence, IpvsTerms.service(service));
            }
            case RemoveService(var key) -> {
                told.remove(key);
                services.remove(key);
                writer.removeService(sequence, IpvsTerms.key(key));
            }
            case AddDestination(var key, var row) -> {
                rowsTold(key).put(row.endpoint(), row);
                writer.addDestination(
                        sequence, IpvsTerms.key(key), IpvsTerms.destination(key, row));
            }
            case EditDestination(var key, var row) -> edit(sequence, key, row, sent);
            case RemoveDestination(var key, var endpoint) ->
                    remove(sequence, key, rowsTold(key).remove(endpoint), endpoint);
        }
    }

    /// A row that goes over to another port is another row for the kernel.
    private void edit(
            int sequence, ServiceKey.Single key, Destination row, Map<Integer, PlaneCommand> sent) {
        Destination before = rowsTold(key).put(row.endpoint(), row);
        IpvsDestination after = IpvsTerms.destination(key, row);
        if (before == null
                || IpvsTerms.destination(key, before).endpoint().equals(after.endpoint())) {
            writer.editDestination(sequence, IpvsTerms.key(key), after);
            return;
        }
        writer.addDestination(sequence, IpvsTerms.key(key), after);
        sent.put(sequence, new AddDestination(key, row));
        int removal = exchange.nextSequence();
        sent.put(removal, new RemoveDestination(key, row.endpoint()));
        writer.removeDestination(removal, IpvsTerms.key(key), IpvsTerms.destination(key, before));
    }

    private void remove(
            int sequence, ServiceKey.Single key, @Nullable Destination before, Endpoint endpoint) {
        Destination row =
                before != null ? before : new Destination(endpoint, 0, new Forwarding.Nat(), 0, 0);
        writer.removeDestination(sequence, IpvsTerms.key(key), IpvsTerms.destination(key, row));
    }

    private Map<Endpoint, Destination> rowsTold(ServiceKey.Single key) {
        return told.computeIfAbsent(key, _ -> new LinkedHashMap<>());
    }

    @Override
    public void flush() throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.flush(sequence);
        exchange.send(sequence);
        told.clear();
        services.clear();
    }

    /// Commands have removed all services by now; what is left belongs to others.
    @Override
    public void withdraw() {
        told.clear();
        services.clear();
    }

    @Override
    public List<String> remarks(Service service) {
        return service.masquerade()
                ? List.of("IPVS cannot masquerade: servers of " + service.key() + " see clients")
                : List.of();
    }

    @Override
    public List<ServiceKey.Single> strays(boolean thorough) throws SyscallException {
        Map<IpvsKey, IpvsService> found = new HashMap<>();
        for (IpvsReading reading : listed()) {
            if (reading instanceof ServiceFound(var service, _)) {
                found.put(service.key(), service);
            }
        }
        List<ServiceKey.Single> strays = new ArrayList<>();
        for (Service service : services.values()) {
            IpvsService shall = IpvsTerms.service(service);
            IpvsService is = found.get(shall.key());
            if (is == null || thorough && !is.equals(shall)) {
                strays.add(service.key());
            }
        }
        return strays;
    }

    @Override
    public boolean isLookedAtAfterReload() {
        return false;
    }

    @Override
    public boolean holdsRows(ServiceKey.Single key) throws SyscallException {
        Set<IpvsDestination> found = new HashSet<>(rows(key));
        return told.getOrDefault(key, Map.of()).values().stream()
                .allMatch(row -> found.contains(IpvsTerms.destination(key, row)));
    }

    private List<IpvsReading> listed() throws SyscallException {
        List<IpvsReading> found = new ArrayList<>();
        int sequence = exchange.nextSequence();
        writer.listServices(sequence);
        exchange.send(sequence, message -> IpvsReading.of(message, family), found);
        return found;
    }

    @Override
    public MonoTime deadline() {
        return MonoTime.NEVER;
    }

    @Override
    public void onDeadline(MonoTime now) {}

    @Override
    public List<Held> present() throws SyscallException {
        List<Held> held = new ArrayList<>();
        for (IpvsReading reading : listed()) {
            if (reading instanceof ServiceFound(var service, _)) {
                Optional<ServiceKey.Single> key = IpvsTerms.key(service.key());
                if (key.isPresent()) {
                    Map<Endpoint, Integer> weights = new LinkedHashMap<>();
                    rows(key.get()).forEach(row -> weights.put(row.endpoint(), row.weight()));
                    held.add(new Held(key.get(), weights));
                }
            }
        }
        return held;
    }

    private List<IpvsDestination> rows(ServiceKey.Single key) throws SyscallException {
        return found(key).stream().map(DestinationFound::destination).toList();
    }

    private List<DestinationFound> found(ServiceKey.Single key) throws SyscallException {
        List<IpvsReading> found = new ArrayList<>();
        int sequence = exchange.nextSequence();
        writer.listDestinations(sequence, IpvsTerms.key(key));
        exchange.send(sequence, message -> IpvsReading.of(message, family), found);
        return found.stream()
                .filter(DestinationFound.class::isInstance)
                .map(DestinationFound.class::cast)
                .toList();
    }

    @Override
    public List<Traffic> traffic() throws SyscallException {
        List<Traffic> traffic = new ArrayList<>();
        for (IpvsReading reading : listed()) {
            if (reading instanceof ServiceFound(var service, var statistics)) {
                Optional<ServiceKey.Single> key = IpvsTerms.key(service.key());
                if (key.isPresent() && services.containsKey(key.get())) {
                    traffic.add(
                            new Traffic(
                                    key.get(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(total(statistics))));
                    found(key.get()).forEach(row -> traffic.add(traffic(key.get(), row)));
                }
            }
        }
        return traffic;
    }

    private static Traffic traffic(ServiceKey.Single key, DestinationFound row) {
        return new Traffic(
                key,
                Optional.of(row.destination().endpoint()),
                Optional.of(
                        new Traffic.Connections(
                                row.activeConnections(),
                                row.inactiveConnections(),
                                row.persistentConnections())),
                Optional.of(total(row.statistics())));
    }

    private static Traffic.Total total(IpvsStatistics counted) {
        return new Traffic.Total(
                counted.connections(),
                counted.packetsIn(),
                counted.packetsOut(),
                counted.bytesIn(),
                counted.bytesOut());
    }

    @Override
    public void close() {
        exchange.close();
    }
}
