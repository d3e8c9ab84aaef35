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
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.Errno;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.netlink.Reply;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.NftReading;
import holdfast.netlink.nft.NftReading.ElementsFound;
import holdfast.netlink.nft.SetElement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Load balancing by destination NAT, in a table of our own for each family.
///
/// A service is a chain; its servers are elements of a map from which each new connection draws.
/// A change of a service is one transaction: it happens at once or not at all, and connections
/// that exist go on where they are, whatever becomes of their server's row.
///
/// As under IPVS, the source of packets is not translated: servers see their clients, and must
/// route their answers through this host. Direct routing and tunnels need IPVS.
final class NftablesPlane implements DataPlane {

    /// Elements a message when clients are forgotten.
    private static final int FORGOTTEN_MAX = 500;

    private final NetlinkExchange exchange;
    private final Map<NftFamily, NatTable> tables = new EnumMap<>(NftFamily.class);

    /// What shall be, and what the kernel was made to hold.
    private final Map<ServiceKey.Single, NatService> wanted = new LinkedHashMap<>();

    private final Map<ServiceKey.Single, NatService> held = new LinkedHashMap<>();

    NftablesPlane() throws SyscallException {
        this.exchange = new NetlinkExchange(NetlinkSocket.Protocol.NETFILTER);
    }

    @Override
    public void makeRoom(int bytes, boolean forced) throws SyscallException {
        exchange.receiveBuffer(bytes, forced);
    }

    @Override
    public String name() {
        return "nftables";
    }

    /// The table of a killed predecessor is exchanged for ours in one transaction a family; its
    /// connections go on.
    @Override
    public List<Refusal> start(List<PlaneCommand> commands) throws SyscallException {
        List<Refusal> refusals = new ArrayList<>();
        want(commands, refusals);
        for (NftFamily family : List.of(NftFamily.IP, NftFamily.IP6)) {
            List<NatService> services =
                    wanted.values().stream().filter(one -> one.family() == family).toList();
            if (services.isEmpty()) {
                removeTable(family);
                continue;
            }
            NatTable table = new NatTable(family);
            List<Reply.Refused> refused =
                    transact(
                            family,
                            batch -> {
                                table.reset(batch);
                                services.forEach(service -> table.add(batch, service));
                            });
            if (refused.isEmpty()) {
                tables.put(family, table);
                services.forEach(service -> held.put(service.key(), service));
            }
        }
        // Where all at once was too much, one by one says what was wrong.
        settle(commands, refusals);
        return refusals;
    }

    @Override
    public List<Refusal> apply(List<PlaneCommand> commands) throws SyscallException {
        List<Refusal> refusals = new ArrayList<>();
        want(commands, refusals);
        settle(commands, refusals);
        return refusals;
    }

    private void want(List<PlaneCommand> commands, List<Refusal> refusals) {
        for (PlaneCommand command : commands) {
            Optional<String> hindrance = hindrance(command);
            if (hindrance.isPresent()) {
                refusals.add(new Refusal(command, hindrance.get(), false));
                continue;
            }
            ServiceKey.Single key = command.key();
            switch (command) {
                case AddService(var service) -> wanted.put(key, NatService.empty(service));
                case EditService(var service) ->
                        wanted.compute(
                                key,
                                (_, was) ->
                                        was == null
                                                ? NatService.empty(service)
                                                : was.with(service));
                case RemoveService _ -> wanted.remove(key);
                case AddDestination(_, var row) ->
                        wanted.computeIfPresent(key, (_, was) -> was.with(row));
                case EditDestination(_, var row) ->
                        wanted.computeIfPresent(key, (_, was) -> was.with(row));
                case RemoveDestination(_, var endpoint) ->
                        wanted.computeIfPresent(key, (_, was) -> was.without(endpoint));
            }
        }
    }

    /// Why this plane cannot do what IPVS could.
    private Optional<String> hindrance(PlaneCommand command) {
        return switch (command) {
            case AddDestination(var key, var row) -> hindrance(key, row);
            case EditDestination(var key, var row) -> hindrance(key, row);
            case AddService _, EditService _, RemoveService _, RemoveDestination _ ->
                    Optional.empty();
        };
    }

    private Optional<String> hindrance(ServiceKey.Single key, Destination row) {
        if (!(row.forwarding() instanceof Forwarding.Nat)) {
            return Optional.of("nftables forwards by NAT only; DR and TUN need IPVS");
        }
        if (row.endpoint().address().family() != key.family()) {
            return Optional.of("nftables cannot translate between IPv4 and IPv6");
        }
        return wanted.containsKey(key)
                ? Optional.empty()
                : Optional.of("its virtual service is not there");
    }

    /// Makes the kernel hold what is wanted, for the services that the commands touch.
    private void settle(List<PlaneCommand> commands, List<Refusal> refusals)
            throws SyscallException {
        Map<ServiceKey.Single, PlaneCommand> touched = new LinkedHashMap<>();
        commands.forEach(command -> touched.put(command.key(), command));
        for (Map.Entry<ServiceKey.Single, PlaneCommand> entry : touched.entrySet()) {
            Optional<Reply.Refused> refused = settle(entry.getKey());
            if (refused.isPresent()) {
                String reason = NetlinkExchange.words(refused.get());
                boolean lost = NetlinkExchange.is(refused.get(), Errno.ENOENT);
                if (lost) {
                    forgetAll();
                }
                refusals.add(new Refusal(entry.getValue(), reason, lost));
            }
        }
    }

    private Optional<Reply.Refused> settle(ServiceKey.Single key) throws SyscallException {
        NatService is = held.get(key);
        NatService shall = wanted.get(key);
        if (is == null ? shall == null : is.equals(shall)) {
            return Optional.empty();
        }
        NftFamily family = NatService.familyOf(key);
        List<Reply.Refused> refused =
                transact(
                        family,
                        batch -> {
                            NatTable table = table(family, batch);
                            if (is == null && shall != null) {
                                table.add(batch, shall);
                            } else if (is != null && shall == null) {
                                table.remove(batch, is);
                            } else if (is != null && shall != null) {
                                table.change(batch, is, shall);
                            }
                        });
        if (!refused.isEmpty()) {
            return Optional.of(refused.getFirst());
        }
        tables.computeIfAbsent(family, NatTable::new);
        if (shall == null) {
            held.remove(key);
        } else {
            held.put(key, shall);
        }
        if (is != null && shall != null && shall.isPersistent()) {
            forgetClients(is, shall);
        }
        return Optional.empty();
    }

    /// The family's table, which comes into being with its first service.
    private NatTable table(NftFamily family, NftBatch batch) {
        NatTable table = tables.get(family);
        if (table == null) {
            table = new NatTable(family);
            table.reset(batch);
        }
        return table;
    }

    /// Somebody removed what we made. The next that is told to us makes it anew.
    private void forgetAll() {
        tables.clear();
        held.clear();
    }

    /// Clients of a server that serves no more are free, and stay free when it comes back.
    private void forgetClients(NatService before, NatService after) throws SyscallException {
        Set<Endpoint> gone = new LinkedHashSet<>(before.serving());
        gone.removeAll(after.serving());
        if (gone.isEmpty() || before.translatesPorts() != after.translatesPorts()) {
            return;
        }
        Set<String> values = new HashSet<>();
        gone.forEach(it -> values.add(HexFormat.of().formatHex(NatTable.value(after, it))));
        String map = NatTable.stickyMap(after);
        List<SetElement> clients =
                elements(after.family(), map).stream()
                        .filter(element -> values.contains(element.value().toString()))
                        .toList();
        for (int from = 0; from < clients.size(); from += FORGOTTEN_MAX) {
            int to = Math.min(clients.size(), from + FORGOTTEN_MAX);
            List<SetElement> some = clients.subList(from, to);
            if (!transact(after.family(), batch -> batch.deleteElements(map, some)).isEmpty()) {
                // One of them has just run out by itself, which refuses them all.
                for (SetElement one : some) {
                    transact(after.family(), batch -> batch.deleteElements(map, List.of(one)));
                }
            }
        }
    }

    private List<Reply.Refused> transact(NftFamily family, Consumer<NftBatch> changes)
            throws SyscallException {
        int first = exchange.nextSequence();
        NftBatch batch = new NftBatch(exchange.out(), family, NatTable.TABLE, first);
        changes.accept(batch);
        int last = batch.commit();
        exchange.skipTo(batch.sequence());
        return exchange.send(last);
    }

    /// Removes our table of this family, if there is one.
    private void removeTable(NftFamily family) throws SyscallException {
        int first = exchange.nextSequence();
        NftBatch batch = new NftBatch(exchange.out(), family, NatTable.TABLE, first);
        batch.addTable();
        int last = batch.sequence();
        batch.deleteTable();
        batch.end();
        exchange.skipTo(batch.sequence());
        exchange.send(last);
        tables.remove(family);
    }

    @Override
    public void flush() throws SyscallException {
        removeTable(NftFamily.IP);
        removeTable(NftFamily.IP6);
        wanted.clear();
        held.clear();
    }

    @Override
    public void withdraw() throws SyscallException {
        flush();
    }

    @Override
    public List<String> remarks(Service service) {
        List<String> remarks = new ArrayList<>();
        if (!SlotTable.isFaithful(service.scheduler())) {
            remarks.add(
                    "nftables cannot count connections: "
                            + service.key()
                            + " is scheduled by weight and not by "
                            + service.scheduler().name());
        }
        if (service.scheduler().onePacket()) {
            remarks.add("nftables has no one-packet scheduling: " + service.key());
        }
        return remarks;
    }

    /// Who empties our table or removes it, takes everything.
    @Override
    public List<ServiceKey.Single> strays(boolean thorough) throws SyscallException {
        Set<ServiceKey.Single> found = new HashSet<>();
        present().forEach(one -> found.add(one.key()));
        if (found.containsAll(held.keySet())) {
            return List.of();
        }
        List<ServiceKey.Single> strays = List.copyOf(held.keySet());
        forgetAll();
        return strays;
    }

    @Override
    public List<Held> present() throws SyscallException {
        List<Held> found = new ArrayList<>();
        for (NftFamily family : List.of(NftFamily.IP, NftFamily.IP6)) {
            for (String map : List.of(NatTable.SERVICES, NatTable.ANY_PORT, NatTable.MARKS)) {
                for (SetElement element : elements(family, map)) {
                    Optional<ServiceKey.Single> key = NatReading.key(family, map, element);
                    if (key.isPresent()) {
                        found.add(NatReading.held(key.get(), slots(family, key.get())));
                    }
                }
            }
        }
        return found;
    }

    private List<SetElement> slots(NftFamily family, ServiceKey.Single key)
            throws SyscallException {
        return elements(family, NatTable.slotsMap(key));
    }

    private List<SetElement> elements(NftFamily family, String set) throws SyscallException {
        List<NftReading> found = new ArrayList<>();
        int sequence = exchange.nextSequence();
        NftBatch.listElements(exchange.out(), sequence, family, NatTable.TABLE, set);
        exchange.send(sequence, NftReading::of, found);
        return found.stream()
                .filter(ElementsFound.class::isInstance)
                .flatMap(reading -> ((ElementsFound) reading).elements().stream())
                .toList();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
