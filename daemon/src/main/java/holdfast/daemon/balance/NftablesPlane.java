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
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.netlink.Reply;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.NftReading;
import holdfast.netlink.nft.NftReading.ChainFound;
import holdfast.netlink.nft.NftReading.ElementsFound;
import holdfast.netlink.nft.NftReading.SetFound;
import holdfast.netlink.nft.SetElement;
import holdfast.time.MonoTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Load balancing by destination NAT or direct routing, in a table of our own for each family.
///
/// A service is a chain; its servers are elements of a map from which each new connection draws.
/// What is told together is one transaction: it happens at once, but for what the kernel refuses.
/// Connections that exist go on where they are, whatever becomes of their server's row.
///
/// As under IPVS, the source of packets is not translated unless a service asks for it: servers see
/// their clients, and must route their answers through this host. Servers that are routed directly
/// get packets as they are, and answer past this host. Tunnels need IPVS.
final class NftablesPlane implements DataPlane {

    private final NetlinkExchange exchange;
    private final NatCommit kernel;

    /// What shall be, and what the kernel was made to hold.
    private final Map<ServiceKey.Single, NatService> wanted = new LinkedHashMap<>();

    private final Map<ServiceKey.Single, NatService> held = new LinkedHashMap<>();

    private final NatLoads loads = new NatLoads();

    NftablesPlane() throws SyscallException {
        this.exchange = new NetlinkExchange(NetlinkSocket.Protocol.NETFILTER);
        this.kernel = new NatCommit(exchange);
    }

    @Override
    public void makeRoom(int bytes, boolean forced) throws SyscallException {
        exchange.receiveBuffer(bytes, forced);
    }

    @Override
    public String name() {
        return "nftables";
    }

    /// The tables of a killed predecessor are exchanged for ours in one transaction; connections go
    /// on. Those that are routed directly are known only by a map, which stays.
    @Override
    public List<Refusal> start(List<PlaneCommand> commands) throws SyscallException {
        List<Refusal> refusals = new ArrayList<>();
        want(commands, refusals);
        Set<NftFamily> unneeded = EnumSet.of(NftFamily.IP, NftFamily.IP6);
        Set<NftFamily> direct = EnumSet.noneOf(NftFamily.class);
        for (NatService service : wanted.values()) {
            unneeded.remove(service.family());
            if (service.isDirect()) {
                direct.add(service.family());
            }
        }
        Map<NftFamily, NatTable.Remains> kept = new EnumMap<>(NftFamily.class);
        for (NftFamily family : direct) {
            NatTable.Remains remains = remains(family);
            if (remains.remember()) {
                kept.put(family, remains);
            }
        }
        kernel.begin(unneeded, kept);
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
            NatService next = wanted.get(key);
            if (next != null && next.counts()) {
                loads.expect(EventLoop.clock());
            }
        }
        Map<ServiceKey.Single, PlaneCommand> touched = new LinkedHashMap<>();
        commands.forEach(command -> touched.put(command.key(), command));
        touched.forEach((key, last) -> refuseOtherWays(key, last, commands, refusals));
    }

    /// Only when all is said, since a service may turn from one way to the other.
    private void refuseOtherWays(
            ServiceKey.Single key,
            PlaneCommand last,
            List<PlaneCommand> commands,
            List<Refusal> refusals) {
        NatService service = wanted.get(key);
        if (service == null) {
            return;
        }
        for (Destination row : service.ofOtherWays()) {
            PlaneCommand culprit = last;
            for (PlaneCommand command : commands) {
                if (command.key().equals(key) && isAbout(command, row)) {
                    culprit = command;
                }
            }
            wanted.computeIfPresent(key, (_, was) -> was.without(row.endpoint()));
            String reason = "nftables cannot reach one server by NAT and another by DR";
            refusals.add(new Refusal(culprit, reason, false));
        }
    }

    private static boolean isAbout(PlaneCommand command, Destination row) {
        return switch (command) {
            case AddDestination(_, var told) -> told.equals(row);
            case EditDestination(_, var told) -> told.equals(row);
            case AddService _, EditService _, RemoveService _, RemoveDestination _ -> false;
        };
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
        if (row.forwarding() instanceof Forwarding.Tunnel) {
            return Optional.of("nftables forwards by NAT and DR only; TUN needs IPVS");
        }
        if (row.endpoint().address().family() != key.family()) {
            return Optional.of("nftables cannot translate between IPv4 and IPv6");
        }
        return wanted.containsKey(key)
                ? Optional.empty()
                : Optional.of("its virtual service is not there");
    }

    /// Makes the kernel hold what is wanted, for the services that the commands touch, all at once.
    private void settle(List<PlaneCommand> commands, List<Refusal> refusals)
            throws SyscallException {
        Map<ServiceKey.Single, PlaneCommand> touched = new LinkedHashMap<>();
        commands.forEach(command -> touched.put(command.key(), command));
        List<NatCommit.Change> changes = changes(touched.keySet());
        Map<NatCommit.Change, Reply.Refused> refused = kernel.commit(changes);
        boolean gone = false;
        for (NatCommit.Change change : changes) {
            Reply.Refused no = refused.get(change);
            if (no == null) {
                hold(change);
                continue;
            }
            boolean lost = NetlinkExchange.is(no, Errno.ENOENT);
            gone |= lost;
            PlaneCommand command = touched.get(change.key());
            if (command != null) {
                refusals.add(new Refusal(command, NetlinkExchange.words(no), lost));
            }
        }
        if (gone) {
            forgetAll();
        }
    }

    private List<NatCommit.Change> changes(Collection<ServiceKey.Single> keys) {
        List<NatCommit.Change> changes = new ArrayList<>();
        for (ServiceKey.Single key : keys) {
            wanted.computeIfPresent(key, (_, service) -> loads.shared(service));
            Optional<NatService> is = Optional.ofNullable(held.get(key));
            Optional<NatService> shall = Optional.ofNullable(wanted.get(key));
            if (!is.equals(shall)) {
                changes.add(new NatCommit.Change(key, is, shall));
            }
        }
        return changes;
    }

    @Override
    public MonoTime deadline() {
        return loads.deadline();
    }

    /// Has the shares follow the connections that there are. What the kernel refuses is left to
    /// [#strays].
    @Override
    public void onDeadline(MonoTime now) throws SyscallException {
        List<ServiceKey.Single> news = loads.onDeadline(now, held.values());
        List<NatCommit.Change> changes =
                changes(news).stream().filter(one -> one.before().isPresent()).toList();
        if (!changes.isEmpty()) {
            Map<NatCommit.Change, Reply.Refused> refused = kernel.commit(changes);
            changes.stream().filter(one -> !refused.containsKey(one)).forEach(this::hold);
        }
    }

    /// Only where a scheduler needs it; the rest is not counted.
    @Override
    public List<Traffic> traffic() {
        return loads.traffic();
    }

    private void hold(NatCommit.Change change) {
        held.remove(change.key());
        change.after().ifPresent(service -> held.put(change.key(), service));
    }

    /// Somebody removed what we made. The next that is told to us makes it anew.
    private void forgetAll() {
        kernel.forget();
        held.clear();
    }

    @Override
    public void flush() throws SyscallException {
        wanted.clear();
        held.clear();
        kernel.begin(EnumSet.of(NftFamily.IP, NftFamily.IP6), Map.of());
        kernel.commit(List.of());
    }

    @Override
    public void withdraw() throws SyscallException {
        flush();
    }

    @Override
    public List<String> remarks(Service service) {
        List<String> remarks = new ArrayList<>();
        if (ConnectionShares.count(service.scheduler())) {
            remarks.add(
                    "nftables counts connections only every few seconds: "
                            + service.key()
                            + " is scheduled nearly, and not quite, by "
                            + service.scheduler().name()
                            + ", and by weight where it is routed directly");
        } else if (!SlotTable.isFaithful(service.scheduler())) {
            remarks.add(
                    "nftables has no scheduler "
                            + service.scheduler().name()
                            + ": "
                            + service.key()
                            + " is scheduled by weight");
        }
        if (service.scheduler().onePacket()) {
            remarks.add("nftables has no one-packet scheduling: " + service.key());
        }
        return remarks;
    }

    /// Who empties our table or removes it, takes everything.
    @Override
    public List<ServiceKey.Single> strays(boolean thorough) throws SyscallException {
        if (held.isEmpty() || new HashSet<>(services()).containsAll(held.keySet())) {
            return List.of();
        }
        List<ServiceKey.Single> strays = List.copyOf(held.keySet());
        forgetAll();
        return strays;
    }

    @Override
    public boolean isLookedAtAfterReload() {
        return true;
    }

    /// Nobody changes one element of our maps and leaves the rest.
    @Override
    public boolean holdsRows(ServiceKey.Single key) {
        return true;
    }

    @Override
    public List<Held> present() throws SyscallException {
        List<Held> found = new ArrayList<>();
        for (ServiceKey.Single key : services()) {
            found.add(NatReading.held(key, slots(NatService.familyOf(key), key)));
        }
        return found;
    }

    /// To whom the tables lead.
    private List<ServiceKey.Single> services() throws SyscallException {
        List<ServiceKey.Single> found = new ArrayList<>();
        for (NftFamily family : List.of(NftFamily.IP, NftFamily.IP6)) {
            for (String map : NatTable.entrances()) {
                for (SetElement element : elements(family, map)) {
                    NatReading.key(family, map, element).ifPresent(found::add);
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

    /// What there is of our table.
    private NatTable.Remains remains(NftFamily family) throws SyscallException {
        List<NftReading> found = new ArrayList<>();
        int sequence = exchange.nextSequence();
        NftBatch.listSets(exchange.out(), sequence, family, NatTable.TABLE);
        exchange.send(sequence, NftReading::of, found);
        sequence = exchange.nextSequence();
        NftBatch.listChains(exchange.out(), sequence, family, NatTable.TABLE);
        exchange.send(sequence, NftReading::of, found);
        List<String> sets = new ArrayList<>();
        List<String> chains = new ArrayList<>();
        for (NftReading one : found) {
            if (one instanceof SetFound(_, var table, var set, _) && table.equals(NatTable.TABLE)) {
                sets.add(set);
            } else if (one instanceof ChainFound(_, var table, var chain)
                    && table.equals(NatTable.TABLE)) {
                chains.add(chain);
            }
        }
        return new NatTable.Remains(chains, sets);
    }

    @Override
    public void close() {
        loads.close();
        exchange.close();
    }
}
