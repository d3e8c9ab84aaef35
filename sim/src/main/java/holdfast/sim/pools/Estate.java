package holdfast.sim.pools;

import holdfast.balance.BalanceSpec;
import holdfast.balance.Caution;
import holdfast.balance.CheckerSpec;
import holdfast.balance.Forwarding;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import holdfast.balance.ServiceKey;
import holdfast.balance.SorryServerSpec;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.Ipv4Address;
import holdfast.probe.Connection;
import holdfast.probe.HttpSpec;
import holdfast.probe.ProbeSpec;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.sim.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Orders by chance: services, pools, checks.
final class Estate {

    static final int SERVERS = 5;
    static final String FILE = "/run/load";

    private static final List<IpAddress> OURS =
            List.of(Ipv4Address.of(192, 0, 2, 1), Ipv4Address.of(192, 0, 2, 2));
    private static final ServiceKey.Single MARK = new ServiceKey.Mark(7, Family.INET);
    private static final List<ServiceKey.Single> MEMBERS =
            List.of(address(0, 443), address(1, 443), new ServiceKey.Mark(9, Family.INET));
    private static final List<Duration> LOOPS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5));
    private static final List<Duration> RETRIES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(3));
    private static final List<Integer> WEIGHTS = List.of(0, 1, 1, 2, 100);
    private static final List<Duration> SLOW =
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(10));
    private static final List<Integer> PANIC = List.of(0, 0, 30, 70);

    private final Chance chance;
    private final List<VirtualServerSpec> services = new ArrayList<>();
    private boolean initNotifies;
    private boolean shared;

    Estate(Chance chance) {
        this.chance = chance;
        this.initNotifies = chance.oneIn(2);
        this.shared = chance.oneIn(2);
        for (ServiceKey key : keys()) {
            services.add(service(key));
        }
    }

    BalanceSpec orders() {
        return new BalanceSpec(services, initNotifies, shared);
    }

    static List<IpAddress> addresses() {
        return OURS;
    }

    static Endpoint server(int number) {
        return new Endpoint(Ipv4Address.of(10, 0, 0, number), 80);
    }

    private static ServiceKey.Single address(int which, int port) {
        return new ServiceKey.Address(Protocol.TCP, new Endpoint(OURS.get(which), port));
    }

    private List<ServiceKey> keys() {
        List<ServiceKey> keys = new ArrayList<>();
        keys.add(address(0, 80));
        if (chance.oneIn(2)) {
            keys.add(address(1, 80));
        }
        if (chance.oneIn(3)) {
            keys.add(MARK);
        }
        for (int number = 0; number < 2 && chance.oneIn(2); number++) {
            keys.add(new ServiceKey.Group("web", number, Protocol.TCP));
        }
        return keys;
    }

    /// Changes something.
    void change() {
        int at = chance.below(services.size());
        VirtualServerSpec old = services.get(at);
        switch (chance.below(6)) {
            case 0 -> services.set(at, service(old.key()));
            case 1 -> {
                if (services.size() > 1) {
                    services.remove(at);
                }
            }
            case 2 -> addOneMore();
            case 3 -> initNotifies = !initNotifies;
            case 4 -> shared = !shared;
            default -> {
                List<RealServerSpec> servers = new ArrayList<>(old.servers());
                if (!servers.isEmpty()) {
                    int which = chance.below(servers.size());
                    servers.set(which, server(servers.get(which).endpoint()));
                }
                services.set(at, with(old, servers));
            }
        }
    }

    private void addOneMore() {
        List<ServiceKey> missing = new ArrayList<>(List.of(address(0, 80), address(1, 80), MARK));
        for (int number = 0; number < 2; number++) {
            missing.add(new ServiceKey.Group("web", number, Protocol.TCP));
        }
        services.forEach(one -> missing.remove(one.key()));
        if (!missing.isEmpty()) {
            services.add(service(chance.anyOf(missing)));
        }
    }

    private static VirtualServerSpec with(VirtualServerSpec old, List<RealServerSpec> servers) {
        return new VirtualServerSpec(
                old.key(),
                old.members(),
                old.scheduler(),
                old.persistence(),
                servers,
                old.sorryServer(),
                old.quorum(),
                old.omega(),
                old.suspendWithoutAddress(),
                old.smtpAlert(),
                old.caution(),
                old.masquerade());
    }

    private VirtualServerSpec service(ServiceKey key) {
        List<ServiceKey.Single> members =
                switch (key) {
                    case ServiceKey.Single single -> List.of(single);
                    case ServiceKey.Group _ -> MEMBERS;
                };
        List<RealServerSpec> servers = new ArrayList<>();
        for (int number = 1; number <= SERVERS; number++) {
            if (!chance.oneIn(3)) {
                servers.add(server(server(number)));
            }
        }
        return new VirtualServerSpec(
                key,
                members,
                Scheduler.plain(chance.oneIn(2) ? "wrr" : "wlc"),
                Optional.empty(),
                servers,
                sorryServer(),
                new QuorumSpec(
                        chance.below(4), chance.below(3), Optional.empty(), Optional.empty()),
                chance.oneIn(2),
                chance.oneIn(4),
                true,
                new Caution(chance.anyOf(SLOW), chance.anyOf(PANIC)),
                false);
    }

    private Optional<SorryServerSpec> sorryServer() {
        int number = chance.oneIn(4) ? 1 : 99;
        boolean inhibit = chance.oneIn(3);
        return chance.oneIn(2)
                ? Optional.of(new SorryServerSpec(server(number), new Forwarding.Nat(), inhibit))
                : Optional.empty();
    }

    private RealServerSpec server(Endpoint endpoint) {
        List<CheckerSpec> checkers = new ArrayList<>();
        for (ProbeSpec probe : probes(endpoint)) {
            if (chance.oneIn(3)) {
                checkers.add(checker(probe));
            }
        }
        return new RealServerSpec(
                endpoint,
                chance.anyOf(WEIGHTS),
                new Forwarding.Nat(),
                chance.oneIn(4),
                0,
                0,
                checkers,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private List<ProbeSpec> probes(Endpoint endpoint) {
        Connection there = Connection.to(endpoint);
        BitSet codes = new BitSet();
        codes.set(200);
        List<HttpSpec.Url> urls = new ArrayList<>();
        for (int i = 0; i <= chance.below(2); i++) {
            urls.add(
                    new HttpSpec.Url(
                            "/" + i, Optional.empty(), codes, Optional.empty(), Optional.empty()));
        }
        ScriptSpec script =
                new ScriptSpec(
                        List.of("/bin/load", endpoint.toString()), new Identity("root", 0, 0));
        return List.of(
                new ProbeSpec.Tcp(there),
                new ProbeSpec.Http(
                        there,
                        new HttpSpec(
                                HttpSpec.Protocol.HTTP_1_0,
                                urls,
                                chance.oneIn(3),
                                Optional.empty())),
                new ProbeSpec.Script(script, Duration.ofSeconds(5), true),
                new ProbeSpec.File(FILE, chance.below(2), chance.oneIn(2)));
    }

    private CheckerSpec checker(ProbeSpec probe) {
        Duration loop = chance.anyOf(LOOPS);
        return new CheckerSpec(
                probe,
                loop,
                chance.anyOf(LOOPS),
                chance.below(3),
                chance.anyOf(RETRIES),
                chance.oneIn(2) ? Duration.ZERO : loop,
                chance.oneIn(4) && !(probe instanceof ProbeSpec.File),
                chance.oneIn(2));
    }
}
