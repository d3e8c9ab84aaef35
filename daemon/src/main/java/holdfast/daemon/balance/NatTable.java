package holdfast.daemon.balance;

import holdfast.balance.Persistence;
import holdfast.balance.ServiceKey;
import holdfast.net.Endpoint;
import holdfast.netlink.nft.ChainHook;
import holdfast.netlink.nft.DataType;
import holdfast.netlink.nft.Fields;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import holdfast.netlink.nft.SetElement;
import holdfast.netlink.nft.SetSpec;
import holdfast.netlink.nft.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What our table of one family consists of, and the changes that lead from one service to the
/// next. Everything of a service has the service's name in its own.
final class NatTable {

    static final String TABLE = "holdfast";

    /// Maps that lead to the chains of services.
    static final String SERVICES = "services";

    static final String ANY_PORT = "services_any_port";
    static final String MARKS = "services_by_mark";

    /// What the names of such maps begin with for services that are routed directly.
    private static final String DIRECT = "direct_";

    /// What is added to the name of such a map for the set of those whose clients are masqueraded.
    private static final String MASQUERADED = "_masqueraded";

    private static final String SLOTS = "_slots";
    private static final String LIVE = "_live";
    private static final String STICKY = "_sticky";

    /// A little before the place of others' destination translation, which is -100.
    private static final int PRIORITY = -110;

    /// A little before the place of others' source translation, which is 100.
    private static final int SOURCE_PRIORITY = 90;

    /// Clients that are remembered a service; whoever comes beyond is served, and not remembered.
    private static final int CLIENTS_MAX = 1 << 20;

    /// Where IPVS has its place: when a packet is about to be delivered, what filters say of it is
    /// settled, and nobody has translated its source.
    private static final int DIRECT_PRIORITY = 98;

    /// Connections routed directly that are remembered.
    private static final int FLOWS_MAX = 1 << 20;

    private static final int MILLIS_PER_SECOND = 1000;

    private final DataType address;
    private final NatRules rules;
    private int nextSetId = 1;

    NatTable(NftFamily family) {
        this.address = family == NftFamily.IP6 ? DataType.IPV6_ADDRESS : DataType.IPV4_ADDRESS;
        this.rules = new NatRules(family);
    }

    /// What a predecessor left of which something is worth keeping: the memory for connections.
    record Remains(List<String> chains, List<String> sets) {
        Remains {
            chains = List.copyOf(chains);
            sets = List.copyOf(sets);
        }

        boolean remember() {
            return sets.contains(DirectRules.FLOWS);
        }
    }

    /// All names of maps that lead to services.
    static List<String> entrances() {
        return List.of(
                SERVICES, ANY_PORT, MARKS, DIRECT + SERVICES, DIRECT + ANY_PORT, DIRECT + MARKS);
    }

    static boolean isByMark(String entrance) {
        return entrance.endsWith(MARKS);
    }

    /// Makes an empty table in the place of whatever a predecessor left.
    void reset(NftBatch batch) {
        batch.addTable();
        batch.deleteTable();
        batch.addTable();
        prepare(batch);
    }

    /// Empties the table of a predecessor, but for its memory for connections.
    void reset(NftBatch batch, Remains remains) {
        batch.flushRules();
        // Elements lead to chains, which cannot go before.
        for (String set : remains.sets()) {
            if (!set.equals(DirectRules.FLOWS)) {
                batch.deleteSet(set);
            }
        }
        remains.chains().forEach(batch::deleteChain);
        prepare(batch);
    }

    /// Adds what services need that are routed directly. Every packet to this host has to pass
    /// there, so it is not added before there is such a service.
    ///
    /// @param remembered whether the memory for connections is there
    void routeDirectly(NftBatch batch, boolean remembered) {
        if (!remembered) {
            List<DataType> key =
                    List.of(
                            DataType.PROTOCOL,
                            address,
                            DataType.SERVICE,
                            address,
                            DataType.SERVICE);
            SetSpec.Value value = new SetSpec.Value.Data(List.of(address, DataType.MARK));
            int flags = SetSpec.TIMEOUT | SetSpec.DYNAMIC;
            batch.addSet(
                    new SetSpec(DirectRules.FLOWS, nextSetId++, flags, key, value, 0, FLOWS_MAX));
        }
        entrance(batch, DIRECT + SERVICES, List.of(DataType.PROTOCOL, address, DataType.SERVICE));
        entrance(batch, DIRECT + ANY_PORT, List.of(DataType.PROTOCOL, address));
        entrance(batch, DIRECT + MARKS, List.of(DataType.MARK));
        DirectRules direct = rules.direct();
        batch.addChain(DirectRules.TCP);
        direct.tcp().forEach(rule -> batch.addRule(DirectRules.TCP, rule));
        batch.addChain(DirectRules.ERRORS);
        direct.errors().forEach(rule -> batch.addRule(DirectRules.ERRORS, rule));
        ChainHook.Point point = ChainHook.Point.INPUT;
        batch.addBaseChain("direct", new ChainHook("filter", point, DIRECT_PRIORITY, true));
        direct.base().forEach(rule -> batch.addRule("direct", rule));
        lookups(batch, "direct", DIRECT);
    }

    private void prepare(NftBatch batch) {
        verdictMap(batch, SERVICES, List.of(DataType.PROTOCOL, address, DataType.SERVICE));
        verdictMap(batch, ANY_PORT, List.of(DataType.PROTOCOL, address));
        verdictMap(batch, MARKS, List.of(DataType.MARK));
        baseChain(batch, "prerouting", ChainHook.Point.PREROUTING);
        baseChain(batch, "output", ChainHook.Point.OUTPUT);
        String source = "postrouting";
        ChainHook.Point point = ChainHook.Point.POSTROUTING;
        batch.addBaseChain(source, new ChainHook("nat", point, SOURCE_PRIORITY, true));
        batch.addRule(source, rules.masqueradeByMark(MARKS + MASQUERADED));
        batch.addRule(source, rules.masquerade(SERVICES + MASQUERADED, true));
        batch.addRule(source, rules.masquerade(ANY_PORT + MASQUERADED, false));
    }

    private void entrance(NftBatch batch, String name, List<DataType> key) {
        SetSpec.Value value = new SetSpec.Value.ToVerdict();
        batch.addSet(new SetSpec(name, nextSetId++, 0, key, value, 0, 0));
    }

    private void verdictMap(NftBatch batch, String name, List<DataType> key) {
        entrance(batch, name, key);
        SetSpec.Value none = new SetSpec.Value.None();
        batch.addSet(new SetSpec(name + MASQUERADED, nextSetId++, 0, key, none, 0, 0));
    }

    private void baseChain(NftBatch batch, String name, ChainHook.Point point) {
        batch.addBaseChain(name, new ChainHook("nat", point, PRIORITY, true));
        lookups(batch, name, "");
    }

    private void lookups(NftBatch batch, String chain, String prefix) {
        batch.addRule(chain, rules.byMark(prefix + MARKS));
        batch.addRule(chain, rules.exactly(prefix + SERVICES));
        batch.addRule(chain, rules.anyPort(prefix + ANY_PORT));
    }

    void add(NftBatch batch, NatService service) {
        batch.addChain(service.name());
        fill(batch, service);
        batch.addElements(entranceMap(service), 0, List.of(entrance(service.key())));
        masquerade(batch, service.key(), false, service.masquerades());
    }

    private static void masquerade(
            NftBatch batch, ServiceKey.Single key, boolean was, boolean shall) {
        if (was != shall) {
            List<SetElement> one = List.of(SetElement.of(entrance(key).key()));
            String set = mapFor(key) + MASQUERADED;
            exchange(batch, set, was ? one : List.of(), shall ? one : List.of());
        }
    }

    void remove(NftBatch batch, NatService service) {
        masquerade(batch, service.key(), service.masquerades(), false);
        batch.deleteElements(entranceMap(service), List.of(entrance(service.key())));
        clear(batch, service);
        batch.deleteChain(service.name());
    }

    /// Goes from one service to another of the same key. Where only rows differ, only elements are
    /// touched, and clients are remembered.
    void change(NftBatch batch, NatService before, NatService after) {
        if (before.isDirect() != after.isDirect()) {
            remove(batch, before);
            add(batch, after);
            return;
        }
        masquerade(batch, after.key(), before.masquerades(), after.masquerades());
        boolean sameShape =
                before.service().persistence().equals(after.service().persistence())
                        && before.translatesPorts() == after.translatesPorts();
        if (!sameShape) {
            clear(batch, before);
            fill(batch, after);
            return;
        }
        SlotTable was = before.slots();
        SlotTable shall = after.slots();
        changeSlots(batch, before, after);
        if (after.isPersistent()) {
            changeLive(batch, before, after);
        }
        if (was.slots().size() != shall.slots().size() || was.draw() != shall.draw()) {
            batch.flushChain(after.name());
            rules(batch, after);
        }
    }

    private void changeSlots(NftBatch batch, NatService before, NatService after) {
        List<Endpoint> was = before.slots().slots();
        List<Endpoint> shall = after.slots().slots();
        List<SetElement> gone = new ArrayList<>();
        List<SetElement> come = new ArrayList<>();
        for (int slot = 0; slot < Math.max(was.size(), shall.size()); slot++) {
            boolean same =
                    slot < was.size()
                            && slot < shall.size()
                            && was.get(slot).equals(shall.get(slot));
            if (!same && slot < was.size()) {
                gone.add(SetElement.of(number(slot)));
            }
            if (!same && slot < shall.size()) {
                come.add(SetElement.of(number(slot), value(after, shall.get(slot))));
            }
        }
        exchange(batch, after.name() + SLOTS, gone, come);
    }

    private void changeLive(NftBatch batch, NatService before, NatService after) {
        Set<Endpoint> gone = new LinkedHashSet<>(before.serving());
        gone.removeAll(after.serving());
        Set<Endpoint> come = new LinkedHashSet<>(after.serving());
        come.removeAll(before.serving());
        exchange(batch, after.name() + LIVE, keys(after, gone), keys(after, come));
    }

    private static void exchange(
            NftBatch batch, String set, List<SetElement> gone, List<SetElement> come) {
        if (!gone.isEmpty()) {
            batch.deleteElements(set, gone);
        }
        if (!come.isEmpty()) {
            batch.addElements(set, 0, come);
        }
    }

    private void fill(NftBatch batch, NatService service) {
        List<DataType> server =
                service.translatesPorts() ? List.of(address, DataType.SERVICE) : List.of(address);
        SetSpec.Value toServer = new SetSpec.Value.Data(server);
        List<DataType> number = List.of(DataType.INTEGER);
        batch.addSet(new SetSpec(service.name() + SLOTS, nextSetId++, 0, number, toServer, 0, 0));
        service.service()
                .persistence()
                .ifPresent(
                        persistence -> {
                            SetSpec.Value none = new SetSpec.Value.None();
                            batch.addSet(
                                    new SetSpec(
                                            service.name() + LIVE,
                                            nextSetId++,
                                            0,
                                            server,
                                            none,
                                            0,
                                            0));
                            batch.addSet(sticky(service, persistence, toServer));
                        });
        List<SetElement> slots = new ArrayList<>();
        for (Endpoint endpoint : service.slots().slots()) {
            slots.add(SetElement.of(number(slots.size()), value(service, endpoint)));
        }
        exchange(batch, service.name() + SLOTS, List.of(), slots);
        if (service.isPersistent()) {
            List<SetElement> live = keys(service, service.serving());
            exchange(batch, service.name() + LIVE, List.of(), live);
        }
        rules(batch, service);
    }

    private SetSpec sticky(NatService service, Persistence persistence, SetSpec.Value toServer) {
        return new SetSpec(
                stickyMap(service),
                nextSetId++,
                SetSpec.TIMEOUT | SetSpec.DYNAMIC,
                List.of(address),
                toServer,
                persistence.timeout().toSeconds() * MILLIS_PER_SECOND,
                CLIENTS_MAX);
    }

    private void rules(NftBatch batch, NatService service) {
        SlotTable table = service.slots();
        if (table.slots().isEmpty()) {
            return;
        }
        String chain = service.name();
        String slots = chain + SLOTS;
        if (service.isDirect() && !table.isHashed()) {
            batch.addRule(chain, rules.direct().onlyBeginnings());
        }
        if (service.isPersistent()) {
            String sticky = stickyMap(service);
            batch.addRule(chain, rules.asBefore(service, sticky, chain + LIVE));
            batch.addRule(chain, rules.drawnAndRemembered(service, table, slots, sticky));
        }
        batch.addRule(chain, rules.drawn(service, table, slots));
        if (service.isDirect() && table.isHashed()) {
            batch.addRule(chain, rules.drawnAndForgotten(table, slots));
        }
    }

    private static void clear(NftBatch batch, NatService service) {
        batch.flushChain(service.name());
        batch.deleteSet(service.name() + SLOTS);
        if (service.isPersistent()) {
            batch.deleteSet(service.name() + LIVE);
            batch.deleteSet(stickyMap(service));
        }
    }

    /// The map that says which client has which server.
    static String stickyMap(NatService service) {
        return service.name() + STICKY;
    }

    static String slotsMap(ServiceKey.Single key) {
        return NatService.nameOf(key) + SLOTS;
    }

    private static String entranceMap(NatService service) {
        return (service.isDirect() ? DIRECT : "") + mapFor(service.key());
    }

    private static String mapFor(ServiceKey.Single key) {
        return switch (key) {
            case ServiceKey.Mark _ -> MARKS;
            case ServiceKey.Address(_, var endpoint) -> endpoint.port() == 0 ? ANY_PORT : SERVICES;
        };
    }

    private static SetElement entrance(ServiceKey.Single key) {
        Fields fields = new Fields();
        switch (key) {
            case ServiceKey.Mark(int mark, _) -> fields.number(mark);
            case ServiceKey.Address(var protocol, var endpoint) -> {
                fields.protocol(protocol.number()).address(endpoint.address());
                if (endpoint.port() != 0) {
                    fields.service(endpoint.port());
                }
            }
        }
        return SetElement.of(fields.octets(), new Verdict.Jump(NatService.nameOf(key)));
    }

    private static byte[] number(int slot) {
        return new Fields().number(slot).octets();
    }

    private static List<SetElement> keys(NatService service, Set<Endpoint> endpoints) {
        return endpoints.stream().map(endpoint -> SetElement.of(value(service, endpoint))).toList();
    }

    /// A server as maps hold it.
    static byte[] value(NatService service, Endpoint endpoint) {
        Fields fields = new Fields().address(endpoint.address());
        return (service.translatesPorts() ? fields.service(endpoint.port()) : fields).octets();
    }
}
