package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.EditService;
import holdfast.balance.BalanceEffect.PlaneCommand;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;
import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Persistence;
import holdfast.balance.Protocol;
import holdfast.balance.Scheduler;
import holdfast.balance.Service;
import holdfast.balance.ServiceKey;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Real connections through a real kernel, in namespaces of the test's own.
class NftablesPlaneTest {

    private static final ServiceKey.Single WEB = key(Protocol.TCP, Director.VIP, 80);
    private static final ServiceKey.Single WEB6 = key(Protocol.TCP, Director.VIP6, 80);

    private static Director net;

    private DataPlane plane;

    @BeforeAll
    static void build() {
        net = new Director();
        for (String server : List.of("s1", "s2")) {
            net.serve(server, 8080);
            net.serve(server, 80);
        }
    }

    @AfterAll
    static void tearDown() {
        net.close();
    }

    @BeforeEach
    void open() {
        plane = net.at("director", NftablesPlane::new);
    }

    @AfterEach
    void close() throws SyscallException {
        plane.withdraw();
        plane.close();
        assertFalse(net.onDirector("nft list tables").contains("holdfast"));
    }

    private static ServiceKey.Single key(Protocol protocol, String address, int port) {
        return new ServiceKey.Address(protocol, endpoint(address, port));
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    private static Service service(ServiceKey.Single key, String scheduler) {
        return new Service(key, Scheduler.plain(scheduler), Optional.empty());
    }

    private static Service persistent(ServiceKey.Single key, int granularity) {
        Persistence persistence =
                new Persistence(Duration.ofMinutes(5), granularity, Optional.empty());
        return new Service(key, Scheduler.plain("rr"), Optional.of(persistence));
    }

    private static Destination row(String address, int port, int weight) {
        return new Destination(endpoint(address, port), weight, new Forwarding.Nat(), 0, 0);
    }

    private static final Destination S1 = row("10.0.2.2", 8080, 1);
    private static final Destination S2 = row("10.0.3.2", 8080, 1);

    private static Destination weighing(Destination row, int weight) {
        return new Destination(row.endpoint(), weight, row.forwarding(), 0, 0);
    }

    private void start(Service service, Destination... rows) {
        List<PlaneCommand> commands = new ArrayList<>();
        commands.add(new AddService(service));
        for (Destination row : rows) {
            commands.add(new AddDestination(service.key(), row));
        }
        assertEquals(List.of(), net.at("director", () -> plane.start(commands)));
    }

    private void apply(PlaneCommand... commands) {
        assertEquals(List.of(), net.at("director", () -> plane.apply(List.of(commands))));
    }

    private static Map<String, Integer> tally(int connections) {
        return Client.tally(net, "client", Director.VIP, 80, connections);
    }

    @Test
    void roundRobinGivesEqualShares() {
        start(service(WEB, "rr"), S1, S2);
        assertEquals(Map.of("s1", 10, "s2", 10), tally(20));
    }

    @Test
    void sharesFollowWeights() {
        start(service(WEB, "wrr"), weighing(S1, 30), weighing(S2, 10));
        assertEquals(Map.of("s1", 15, "s2", 5), tally(20));
        apply(new EditDestination(WEB, weighing(S2, 30)));
        assertEquals(Map.of("s1", 10, "s2", 10), tally(20));
    }

    @Test
    void serversSeeTheirClients() {
        start(service(WEB, "rr"), S1);
        try (Client client = Client.connect(net, "client", Director.VIP, 80)) {
            assertEquals("s1 10.0.1.2", client.ask());
        }
    }

    private static Service masquerading(ServiceKey.Single key) {
        return new Service(key, Scheduler.plain("rr"), Optional.empty(), true);
    }

    private static String seen(String address, int port) {
        try (Client client = Client.connect(net, "client", address, port)) {
            return client.ask();
        }
    }

    @Test
    void serversSeeTheDirectorWhereThatIsAskedFor() {
        start(service(WEB, "rr"), S1);
        apply(new EditService(masquerading(WEB)));
        apply(
                new AddService(masquerading(WEB6)),
                new AddDestination(WEB6, row("fd00:2::2", 8080, 1)));
        assertEquals("s1 10.0.2.1", seen(Director.VIP, 80));
        assertEquals("s1 fd00:2:0:0:0:0:0:1", seen(Director.VIP6, 80));
        apply(new EditService(service(WEB, "rr")));
        assertEquals("s1 10.0.1.2", seen(Director.VIP, 80));
        assertEquals("s1 fd00:2:0:0:0:0:0:1", seen(Director.VIP6, 80));

        ServiceKey.Single any = key(Protocol.TCP, Director.VIP, 0);
        apply(
                new RemoveService(WEB),
                new AddService(new Service(any, Scheduler.plain("rr"), Optional.empty(), true)),
                new AddDestination(any, row("10.0.2.2", 0, 1)));
        assertEquals("s1 10.0.2.1", seen(Director.VIP, 8080));
        apply(new RemoveService(any), new RemoveService(WEB6));
    }

    @Test
    void clientsOfMarksAreMasqueradedToo() {
        net.onDirector("nft add table ip marking");
        net.onDirector(
                "nft add chain ip marking pre { type filter hook prerouting priority -150 ; }");
        net.onDirector("nft add rule ip marking pre tcp dport 81 meta mark set 7");
        start(masquerading(new ServiceKey.Mark(7, Family.INET)), S1);
        String seen = seen(Director.VIP, 81);
        net.onDirector("nft delete table ip marking");
        assertEquals("s1 10.0.2.1", seen);
    }

    @Test
    void connectionsSurviveTheRemovalOfTheirServer() {
        start(service(WEB, "rr"), S1, S2);
        try (Client one = Client.connect(net, "client", Director.VIP, 80);
                Client other = Client.connect(net, "client", Director.VIP, 80)) {
            String first = one.ask();
            String second = other.ask();
            assertFalse(first.equals(second));
            apply(new RemoveDestination(WEB, S1.endpoint()));
            assertEquals(Map.of("s2", 4), tally(4));
            assertEquals(first, one.ask());
            assertEquals(second, other.ask());
            apply(new RemoveService(WEB));
            assertEquals(first, one.ask());
        }
    }

    @Test
    void weightZeroKeepsConnectionsAndGivesNoNewOnes() {
        start(service(WEB, "wrr"), S1);
        try (Client client = Client.connect(net, "client", Director.VIP, 80)) {
            assertEquals("s1 10.0.1.2", client.ask());
            apply(new EditDestination(WEB, weighing(S1, 0)), new AddDestination(WEB, S2));
            assertEquals(Map.of("s2", 6), tally(6));
            assertEquals("s1 10.0.1.2", client.ask());
        }
    }

    @Test
    void serviceWithoutServersRefuses() {
        start(service(WEB, "rr"));
        assertThrows(AssertionError.class, () -> Client.connect(net, "client", Director.VIP, 80));
        apply(new AddDestination(WEB, S2));
        assertEquals(Map.of("s2", 2), tally(2));
    }

    @Test
    void persistentClientsStayAndMoveOnlyWhenTheyMust() {
        start(persistent(WEB, 32), S1, S2);
        Map<String, Integer> first = tally(6);
        assertEquals(1, first.size());
        boolean atFirst = first.containsKey("s1");
        Destination theirs = atFirst ? S1 : S2;
        Map<String, Integer> others = Map.of(atFirst ? "s2" : "s1", 6);

        apply(new RemoveDestination(WEB, theirs.endpoint()));
        assertEquals(others, tally(6));
        apply(new AddDestination(WEB, theirs));
        assertEquals(others, tally(6));
    }

    @Test
    void clientsOfOnePrefixCountAsOne() {
        start(persistent(WEB, 24), S1, S2);
        tally(1);
        String map = net.onDirector("nft list map ip holdfast tcp_192.0.2.1_80_sticky");
        assertTrue(map.contains("10.0.1.0 "), map);
    }

    @Test
    void sourceHashKeepsTheServer() {
        start(service(WEB, "sh"), S1, S2);
        assertEquals(1, tally(8).size());
    }

    @Test
    void datagramsAreBalancedToo() {
        ServiceKey.Single dns = key(Protocol.UDP, Director.VIP, 53);
        start(service(dns, "rr"), S1, S2);
        String one = Client.askByDatagram(net, Director.VIP, 53);
        String other = Client.askByDatagram(net, Director.VIP, 53);
        assertEquals(List.of("s1", "s2"), List.of(one, other).stream().sorted().toList());
    }

    @Test
    void ipv6IsBalanced() {
        start(persistent(WEB6, 64), row("fd00:2::2", 8080, 1), row("fd00:3::2", 8080, 1));
        assertEquals(1, Client.tally(net, "client", Director.VIP6, 80, 4).size());
        apply(new EditService(service(WEB6, "sh")));
        assertEquals(1, Client.tally(net, "client", Director.VIP6, 80, 4).size());
        apply(new EditService(service(WEB6, "rr")));
        assertEquals(Map.of("s1", 4, "s2", 4), Client.tally(net, "client", Director.VIP6, 80, 8));
    }

    @Test
    void localClientsAreServedToo() {
        start(service(WEB, "rr"), S1, S2);
        assertEquals(Map.of("s1", 3, "s2", 3), Client.tally(net, "director", Director.VIP, 80, 6));
    }

    @Test
    void allPortsOfAnAddressAreOneService() {
        ServiceKey.Single any = key(Protocol.TCP, Director.VIP, 0);
        start(persistent(any, 32), row("10.0.2.2", 0, 1));
        assertEquals(Map.of("s1", 2), tally(2));
        assertEquals(Map.of("s1", 2), Client.tally(net, "client", Director.VIP, 8080, 2));
    }

    @Test
    void marksAreServices() {
        net.onDirector("nft add table ip marking");
        net.onDirector(
                "nft add chain ip marking pre { type filter hook prerouting priority -150 ; }");
        net.onDirector("nft add rule ip marking pre tcp dport 81 meta mark set 7");
        ServiceKey.Single mark = new ServiceKey.Mark(7, Family.INET);
        start(service(mark, "rr"), S1, S2);
        Map<String, Integer> tally = Client.tally(net, "client", Director.VIP, 81, 4);
        net.onDirector("nft delete table ip marking");
        assertEquals(Map.of("s1", 2, "s2", 2), tally);
    }

    @Test
    void tablesOfOthersAreLeftAlone() {
        net.onDirector("nft add table ip other");
        net.onDirector("nft add chain ip other in { type filter hook input priority 0 ; }");
        net.onDirector("nft add rule ip other in ip saddr 203.0.113.9 drop");
        String before = net.onDirector("nft list table ip other");
        start(service(WEB, "rr"), S1, S2);
        apply(new RemoveDestination(WEB, S2.endpoint()), new EditService(persistent(WEB, 32)));
        net.at("director", this::flush);
        assertEquals(before, net.onDirector("nft list table ip other"));
        net.onDirector("nft delete table ip other");
    }

    private boolean flush() throws SyscallException {
        plane.flush();
        return true;
    }

    @Test
    void tableOfAPredecessorIsReplacedWhileConnectionsGoOn() {
        start(service(WEB, "rr"), S1);
        start(service(WEB6, "rr"), row("fd00:2::2", 8080, 1));
        try (Client client = Client.connect(net, "client", Director.VIP, 80);
                DataPlane successor = net.at("director", NftablesPlane::new)) {
            assertEquals("s1 10.0.1.2", client.ask());
            List<PlaneCommand> commands =
                    List.of(new AddService(service(WEB, "rr")), new AddDestination(WEB, S2));
            assertEquals(List.of(), successor.start(commands));
            assertEquals(Map.of("s2", 3), tally(3));
            assertEquals("s1 10.0.1.2", client.ask());
            assertEquals(1, successor.present().size());
        } catch (SyscallException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lossOfTheTableIsNoticedAndMended() throws SyscallException {
        start(service(WEB, "rr"), S1);
        net.onDirector("nft delete table ip holdfast");
        List<DataPlane.Refusal> refusals = plane.apply(List.of(new AddDestination(WEB, S2)));
        assertEquals(List.of(true), refusals.stream().map(DataPlane.Refusal::lost).toList());
        apply(new AddService(service(WEB, "rr")), new AddDestination(WEB, S2));
        assertEquals(Map.of("s2", 2), tally(2));
    }

    @Test
    void whatIsToldTogetherIsOneTransaction() throws Exception {
        start(service(WEB, "rr"), S1);
        ServiceKey.Single other = key(Protocol.TCP, Director.VIP, 81);
        try (Transactions seen = net.transactions()) {
            apply(
                    new AddService(service(WEB6, "rr")),
                    new AddDestination(WEB6, row("fd00:2::2", 8080, 1)),
                    new AddService(service(other, "wrr")),
                    new AddDestination(other, S2),
                    new EditDestination(WEB, weighing(S1, 0)),
                    new AddDestination(WEB, S2));
            assertEquals(1, seen.count());
        }
        assertEquals(Map.of("s2", 2), tally(2));
        assertEquals(Map.of("s1", 1), Client.tally(net, "client", Director.VIP6, 80, 1));
    }

    @Test
    void whatTheKernelRefusesKeepsNothingElseFromBeingDone() throws SyscallException {
        start(service(WEB, "rr"), S1);
        ServiceKey.Single odd = key(Protocol.TCP, Director.VIP, 81);
        ServiceKey.Single even = key(Protocol.TCP, Director.VIP, 82);
        net.onDirector("nft add set ip holdfast tcp_192.0.2.1_81_slots { type inet_service ; }");
        List<PlaneCommand> commands =
                List.of(
                        new AddService(service(odd, "rr")),
                        new AddDestination(odd, S1),
                        new AddService(service(even, "rr")),
                        new AddDestination(even, S2),
                        new AddDestination(WEB, S2));
        List<DataPlane.Refusal> refusals = net.at("director", () -> plane.apply(commands));
        assertEquals(List.of(odd), refusals.stream().map(one -> one.command().key()).toList());
        assertFalse(refusals.getFirst().lost());
        assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
        assertEquals(Map.of("s2", 2), Client.tally(net, "client", Director.VIP, 82, 2));
        net.onDirector("nft delete set ip holdfast tcp_192.0.2.1_81_slots");
        apply(new AddService(service(odd, "rr")), new AddDestination(odd, S1));
        assertEquals(Map.of("s1", 2), Client.tally(net, "client", Director.VIP, 81, 2));
    }

    @Test
    void thousandsOfServicesAreOneTransaction() throws Exception {
        List<PlaneCommand> commands = new ArrayList<>();
        for (int port = 80; port < 2080; port++) {
            ServiceKey.Single key = key(Protocol.TCP, Director.VIP, port);
            commands.add(new AddService(service(key, "wrr")));
            commands.add(new AddDestination(key, weighing(S1, 3)));
            commands.add(new AddDestination(key, S2));
        }
        try (Transactions seen = net.transactions()) {
            assertEquals(List.of(), net.at("director", () -> plane.start(commands)));
            assertEquals(1, seen.count());
        }
        assertEquals(Map.of("s1", 3, "s2", 1), Client.tally(net, "client", Director.VIP, 2079, 4));
    }

    @Test
    void whatNeedsIpvsIsRefusedInWords() throws SyscallException {
        start(service(WEB, "rr"), S1);
        Forwarding tunnel =
                new Forwarding.Tunnel(
                        Forwarding.Tunnel.Kind.IPIP, 0, Forwarding.Tunnel.Checksum.NONE);
        Destination far = new Destination(S2.endpoint(), 1, tunnel, 0, 0);
        Destination direct =
                new Destination(S2.endpoint(), 1, new Forwarding.DirectRouting(), 0, 0);
        AddDestination one = new AddDestination(WEB, far);
        AddDestination other = new AddDestination(WEB, direct);
        assertEquals(
                List.of(
                        new DataPlane.Refusal(
                                one, "nftables forwards by NAT and DR only; TUN needs IPVS", false),
                        new DataPlane.Refusal(
                                other,
                                "nftables cannot reach one server by NAT and another by DR",
                                false)),
                plane.apply(List.of(one, other)));
        assertEquals(Map.of("s1", 2), tally(2));
    }

    @Test
    void whatIsHeldIsReadBack() {
        start(service(WEB, "wrr"), weighing(S1, 20), weighing(S2, 10));
        ServiceKey.Single mark = new ServiceKey.Mark(7, Family.INET6);
        apply(
                new AddService(service(mark, "rr")),
                new AddDestination(mark, row("fd00:2::2", 80, 1)));
        assertEquals(
                List.of(
                        new DataPlane.Held(WEB, Map.of(S1.endpoint(), 2, S2.endpoint(), 1)),
                        new DataPlane.Held(mark, Map.of(endpoint("fd00:2::2", 80), 1))),
                net.at("director", () -> plane.present()));
    }
}
