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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

/// Servers that have the service's address themselves, and answer in its name; only packets of
/// clients pass the director's tables.
class DirectRoutingTest {

    private static final ServiceKey.Single WEB = key(Protocol.TCP, Director.VIP, 80);
    private static final ServiceKey.Single WEB6 = key(Protocol.TCP, Director.VIP6, 80);
    private static final ServiceKey.Single NAMES = key(Protocol.UDP, Director.VIP, 80);

    private static final Destination S1 = row("10.0.2.2", 80, 1);
    private static final Destination S2 = row("10.0.3.2", 80, 1);

    private static Director net;

    private DataPlane plane;

    @BeforeAll
    static void build() {
        net = new Director();
        for (String server : List.of("s1", "s2")) {
            net.routeDirectly(server);
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

    private static Destination row(String address, int port, int weight) {
        return new Destination(
                endpoint(address, port), weight, new Forwarding.DirectRouting(), 0, 0);
    }

    private static Destination translated(String address, int port, int weight) {
        return new Destination(endpoint(address, port), weight, new Forwarding.Nat(), 0, 0);
    }

    private static Destination weighing(Destination row, int weight) {
        return new Destination(row.endpoint(), weight, row.forwarding(), 0, 0);
    }

    private static List<PlaneCommand> adding(Service service, Destination... rows) {
        List<PlaneCommand> commands = new ArrayList<>();
        commands.add(new AddService(service));
        for (Destination row : rows) {
            commands.add(new AddDestination(service.key(), row));
        }
        return commands;
    }

    private void start(Service service, Destination... rows) {
        List<PlaneCommand> commands = adding(service, rows);
        assertEquals(List.of(), net.at("director", () -> plane.start(commands)));
    }

    private void apply(PlaneCommand... commands) {
        assertEquals(List.of(), net.at("director", () -> plane.apply(List.of(commands))));
    }

    private static Map<String, Integer> tally(int connections) {
        return Client.tally(net, "client", Director.VIP, 80, connections);
    }

    private static Client connect() {
        return Client.connect(net, "client", Director.VIP, 80);
    }

    @Test
    void connectionsAreSharedByWeight() {
        start(service(WEB, "wrr"), weighing(S1, 30), weighing(S2, 10));
        assertEquals(Map.of("s1", 15, "s2", 5), tally(20));
        apply(new EditDestination(WEB, weighing(S2, 30)));
        assertEquals(Map.of("s1", 10, "s2", 10), tally(20));
    }

    @Test
    void ipv6IsRoutedToo() {
        start(service(WEB6, "rr"), row("fd00:2::2", 80, 1), row("fd00:3::2", 80, 1));
        assertEquals(Map.of("s1", 5, "s2", 5), Client.tally(net, "client", Director.VIP6, 80, 10));
    }

    @Test
    void whateverPortAServerHasThePacketKeepsItsOwn() {
        start(service(WEB, "rr"), row("10.0.2.2", 8080, 1));
        assertEquals(Map.of("s1", 2), tally(2));
    }

    @Test
    void connectionsSurviveWhateverBecomesOfTheirServer() {
        start(service(WEB, "rr"), S1);
        try (Client client = connect()) {
            assertEquals("s1 10.0.1.2", client.ask());
            apply(new EditDestination(WEB, weighing(S1, 0)), new AddDestination(WEB, S2));
            assertEquals("s1 10.0.1.2", client.ask());
            apply(new RemoveDestination(WEB, S1.endpoint()));
            assertEquals("s1 10.0.1.2", client.ask());
            assertEquals(Map.of("s2", 3), tally(3));
            apply(new EditService(service(WEB, "sh")));
            assertEquals("s1 10.0.1.2", client.ask());
            apply(new RemoveService(WEB));
            assertEquals("s1 10.0.1.2", client.ask());
        }
    }

    @Test
    void connectionsSurviveTheirDirectorsDeath() throws SyscallException {
        start(service(WEB, "rr"), S1);
        start(service(WEB6, "rr"), row("fd00:2::2", 80, 1));
        try (Client client = connect();
                DataPlane successor = net.at("director", NftablesPlane::new)) {
            assertEquals("s1 10.0.1.2", client.ask());
            assertEquals(List.of(), successor.start(adding(service(WEB, "rr"), S2)));
            assertEquals("s1 10.0.1.2", client.ask());
            assertEquals(Map.of("s2", 3), tally(3));
            assertEquals(1, successor.present().size());
        }
    }

    @Test
    void serviceTurnsFromOneWayToTheOther() {
        start(service(WEB, "rr"), translated("10.0.2.2", 80, 1), translated("10.0.3.2", 80, 1));
        assertEquals(Map.of("s1", 1, "s2", 1), tally(2));
        apply(new EditDestination(WEB, S1), new EditDestination(WEB, S2));
        try (Client client = connect()) {
            String server = client.ask();
            assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
            apply(
                    new EditDestination(WEB, translated("10.0.2.2", 80, 1)),
                    new EditDestination(WEB, translated("10.0.3.2", 80, 1)));
            assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
            assertTrue(server.startsWith("s"), server);
        }
    }

    @Test
    void translatedSorryServerStepsIn() {
        start(service(WEB, "rr"), S1);
        apply(
                new EditDestination(WEB, weighing(S1, 0)),
                new AddDestination(WEB, translated("10.0.3.2", 80, 1)));
        assertEquals(Map.of("s2", 2), tally(2));
    }

    @Test
    void packetsOfNoConnectionAreAnsweredHere() {
        start(service(WEB, "rr"), S1);
        try (Client client = connect()) {
            assertEquals("s1 10.0.1.2", client.ask());
            net.onDirector("nft flush map ip holdfast flows");
            assertThrows(AssertionError.class, client::ask);
        }
    }

    @Test
    void hashFindsTheServerAgain() {
        start(service(WEB, "sh"), S1, S2);
        Map<String, Integer> tally = tally(3);
        assertEquals(1, tally.size(), tally::toString);
        try (Client client = connect()) {
            String server = client.ask();
            net.onDirector("nft flush map ip holdfast flows");
            assertEquals(server, client.ask());
        }
    }

    @Test
    void persistentClientsStayAndMoveOnlyWhenTheyMust() {
        Persistence persistence = new Persistence(Duration.ofMinutes(5), 32, Optional.empty());
        start(new Service(WEB, Scheduler.plain("rr"), Optional.of(persistence)), S1, S2);
        Map<String, Integer> first = tally(4);
        assertEquals(1, first.size(), first::toString);
        boolean one = first.containsKey("s1");
        apply(new EditDestination(WEB, weighing(one ? S1 : S2, 0)));
        assertEquals(Map.of(one ? "s2" : "s1", 4), tally(4));
    }

    @Test
    void marksAndAllPortsAreServices() {
        ServiceKey.Single all = key(Protocol.TCP, Director.VIP, 0);
        start(service(all, "rr"), row("10.0.2.2", 0, 1));
        assertEquals(Map.of("s1", 2), tally(2));
        ServiceKey.Single mark = new ServiceKey.Mark(7, Family.INET);
        net.onDirector("nft add table ip theirs");
        net.onDirector(
                "nft add chain ip theirs pre { type filter hook prerouting priority -150 ; }");
        net.onDirector("nft add rule ip theirs pre tcp dport 80 meta mark set 7");
        try {
            apply(new AddService(service(mark, "rr")), new AddDestination(mark, S2));
            assertEquals(Map.of("s2", 2), tally(2));
        } finally {
            net.onDirector("nft delete table ip theirs");
        }
    }

    /// The director is its own server, too: it answers from the address that it has.
    @Test
    void thisHostMayBeAServer() {
        net.serve("director", 80);
        start(service(WEB, "rr"), S1, row("10.0.1.1", 80, 1));
        assertEquals(Map.of("director", 2, "s1", 2), tally(4));
    }

    @Test
    void datagramsLargeAndSmallStayWithTheirServer() {
        start(service(NAMES, "rr"), S1, S2);
        for (String server : List.of("s1", "s2")) {
            assertEquals(List.of(server, server, server), askedBy(1, 4000, 60_000));
        }
    }

    @Test
    void largeDatagramsOverIpv6StayWithTheirServer() {
        ServiceKey.Single names = key(Protocol.UDP, Director.VIP6, 80);
        start(service(names, "rr"), row("fd00:2::2", 80, 1));
        assertEquals(List.of("s1", "s1"), asked(Director.VIP6, 1, 4000));
    }

    private static List<String> askedBy(int... sizes) {
        return asked(Director.VIP, sizes);
    }

    /// Who answers datagrams of such sizes from one port.
    private static List<String> asked(String address, int... sizes) {
        return net.at(
                "client",
                () -> {
                    List<String> answers = new ArrayList<>();
                    try (DatagramSocket socket = new DatagramSocket()) {
                        socket.setSoTimeout(3000);
                        for (int size : sizes) {
                            InetSocketAddress to = new InetSocketAddress(address, 80);
                            socket.send(new DatagramPacket(new byte[size], size, to));
                            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
                            socket.receive(answer);
                            answers.add(
                                    new String(
                                            answer.getData(),
                                            0,
                                            answer.getLength(),
                                            StandardCharsets.UTF_8));
                        }
                    }
                    return answers;
                });
    }

    @Test
    void whatIsHeldIsReadBackAndItsLossIsNoticed() throws SyscallException {
        start(service(WEB, "wrr"), weighing(S1, 20), weighing(S2, 10));
        assertEquals(
                List.of(new DataPlane.Held(WEB, Map.of(S1.endpoint(), 2, S2.endpoint(), 1))),
                net.at("director", () -> plane.present()));
        assertEquals(List.of(), net.at("director", () -> plane.strays(true)));
        net.onDirector("nft delete table ip holdfast");
        assertEquals(List.of(WEB), net.at("director", () -> plane.strays(true)));
        apply(new AddService(service(WEB, "rr")), new AddDestination(WEB, S2));
        assertEquals(Map.of("s2", 2), tally(2));
    }
}
