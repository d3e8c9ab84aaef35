package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceSpec;
import holdfast.balance.CheckerSpec;
import holdfast.balance.Forwarding;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import holdfast.balance.ServiceKey;
import holdfast.balance.ServiceStatus;
import holdfast.balance.SorryServerSpec;
import holdfast.balance.VirtualServerSpec;
import holdfast.bfd.BfdEffect;
import holdfast.config.Configuration;
import holdfast.config.FirewallSpec;
import holdfast.config.GlobalSpec;
import holdfast.config.HouseSpec;
import holdfast.config.NamespaceSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.RoleMessage;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.Connection;
import holdfast.probe.ProbeSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VrrpEffect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole role on a real director: pools, checks and nftables.
class BalanceRoleTest {

    private static final ServiceKey.Single WEB =
            new ServiceKey.Address(Protocol.TCP, endpoint(Director.VIP, 80));

    private final BlockingQueue<BalanceEffect> facts = new LinkedBlockingQueue<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Director net;
    private Mailbox<RoleMessage> inbox;
    private Thread thread = new Thread(() -> {});
    private CompletableFuture<String> end;

    private final Reporter reporter =
            new Reporter() {
                @Override
                public void vrrp(VrrpEffect fact) {}

                @Override
                public void bfd(BfdEffect fact) {}

                @Override
                public void balance(BalanceEffect fact) {
                    facts.add(fact);
                }

                @Override
                public void log(Level level, String line) {
                    lines.add(level + " " + line);
                }
            };

    @BeforeEach
    void build() throws SyscallException {
        net = new Director();
        inbox = new Mailbox<>(16);
        end = new CompletableFuture<>();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        inbox.send(new RoleMessage.Stop());
        thread.join(5000);
        assertFalse(thread.isAlive());
        assertEquals("stopped", end.getNow("still running"));
        assertEquals("", net.onDirector("nft list tables"));
        inbox.close();
        net.close();
    }

    private static Endpoint endpoint(String address, int port) {
        return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
    }

    private static RealServerSpec server(String address, boolean inhibit) {
        CheckerSpec checker =
                new CheckerSpec(
                        new ProbeSpec.Tcp(Connection.to(endpoint(address, 8080))),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        0,
                        Duration.ofMillis(100),
                        Duration.ZERO,
                        false,
                        false);
        return new RealServerSpec(
                endpoint(address, 8080),
                1,
                new Forwarding.Nat(),
                inhibit,
                0,
                0,
                List.of(checker),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Configuration configuration(
            boolean suspends, Optional<SorryServerSpec> sorry, RealServerSpec... servers) {
        VirtualServerSpec service =
                new VirtualServerSpec(
                        WEB,
                        Scheduler.plain("wlc"),
                        Optional.empty(),
                        List.of(servers),
                        sorry,
                        QuorumSpec.ONE,
                        false,
                        suspends,
                        false);
        GlobalSpec global =
                new GlobalSpec(
                        Optional.empty(),
                        "test",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        GlobalSpec.Backend.NFTABLES,
                        GlobalSpec.ProcessSpec.PLAIN,
                        GlobalSpec.ProcessSpec.PLAIN,
                        GlobalSpec.ProcessSpec.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HouseSpec.PLAIN,
                        false,
                        GlobalSpec.LvsFlushOnStop.NO,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        FirewallSpec.DEFAULT,
                        NamespaceSpec.PLAIN,
                        false);
        BalanceSpec balance = new BalanceSpec(List.of(service), false, true);
        return new Configuration(global, NodeSpec.EMPTY, balance);
    }

    private void run(Configuration configuration) {
        thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        net.enter("director");
                                        new BalanceRole(configuration, reporter, inbox).run();
                                        end.complete("stopped");
                                    } catch (Exception e) {
                                        end.completeExceptionally(e);
                                    }
                                });
    }

    /// Waits for a server to turn.
    private void awaitTurn(String address, boolean up) throws InterruptedException {
        Endpoint endpoint = endpoint(address, 8080);
        while (true) {
            BalanceEffect fact = facts.poll(10, TimeUnit.SECONDS);
            if (fact == null) {
                throw new AssertionError("no such turn of " + address + " " + lines);
            }
            if (fact instanceof BalanceEffect.ServerTurned(_, var server, boolean now, _)
                    && server.endpoint().equals(endpoint)
                    && now == up) {
                return;
            }
        }
    }

    private @Nullable BalanceEffect next(int waitMillis) throws InterruptedException {
        return facts.poll(waitMillis, TimeUnit.MILLISECONDS);
    }

    private List<ServiceStatus> status() {
        CompletableFuture<List<ServiceStatus>> answer = new CompletableFuture<>();
        assertTrue(inbox.send(new RoleMessage.BalanceStatus(it -> answer.complete(it.services()))));
        return answer.orTimeout(5, TimeUnit.SECONDS).join();
    }

    private Map<String, Integer> tally(int connections) {
        return Client.tally(net, "client", Director.VIP, 80, connections);
    }

    @Test
    void deadServersGetNoConnectionsUntilTheyAreBack() throws InterruptedException {
        Server first = net.serve("s1", 8080);
        net.serve("s2", 8080);
        run(
                configuration(
                        false,
                        Optional.empty(),
                        server("10.0.2.2", false),
                        server("10.0.3.2", true)));
        status();
        assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
        try (Client client = Client.connect(net, "client", Director.VIP, 80)) {
            client.ask();
            first.close();
            awaitTurn("10.0.2.2", false);
            status();
            assertEquals(Map.of("s2", 3), tally(3));
            client.ask();
        }
        net.serve("s1", 8080);
        awaitTurn("10.0.2.2", true);
        status();
        assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
        assertTrue(lines.toString().contains("wlc"), lines::toString);
    }

    @Test
    void sorryServerServesWhenNobodyElseCan() throws InterruptedException {
        net.serve("s2", 8080);
        SorryServerSpec sorry =
                new SorryServerSpec(endpoint("10.0.3.2", 8080), new Forwarding.Nat(), false);
        run(configuration(false, Optional.of(sorry), server("10.0.2.2", false)));
        awaitTurn("10.0.2.2", false);
        status();
        assertEquals(Map.of("s2", 2), tally(2));
        net.serve("s1", 8080);
        awaitTurn("10.0.2.2", true);
        status();
        assertEquals(Map.of("s1", 2), tally(2));
    }

    @Test
    void reloadEditsInPlaceAndLossIsMended() throws InterruptedException {
        net.serve("s1", 8080);
        net.serve("s2", 8080);
        run(configuration(false, Optional.empty(), server("10.0.2.2", false)));
        status();
        assertEquals(Map.of("s1", 2), tally(2));
        Configuration next = configuration(false, Optional.empty(), server("10.0.3.2", false));
        inbox.send(new RoleMessage.RespecifyBalance(next));
        status();
        assertEquals(Map.of("s2", 2), tally(2));

        net.onDirector("nft delete table ip holdfast");
        Configuration both =
                configuration(
                        false,
                        Optional.empty(),
                        server("10.0.2.2", false),
                        server("10.0.3.2", false));
        inbox.send(new RoleMessage.RespecifyBalance(both));
        long untilNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!net.onDirector("nft list tables").contains("holdfast")) {
            assertTrue(System.nanoTime() < untilNanos, lines::toString);
        }
        status();
        assertEquals(Map.of("s1", 2, "s2", 2), tally(4));
    }

    @Test
    void checksRestWhileTheAddressIsElsewhere() throws InterruptedException {
        net.onDirector("ip addr del " + Director.VIP + "/32 dev lo");
        run(configuration(true, Optional.empty(), server("10.0.2.2", false)));
        status();
        BalanceEffect turn = null;
        for (BalanceEffect fact = next(1500); fact != null; fact = next(1500)) {
            turn = fact instanceof BalanceEffect.ServerTurned ? fact : turn;
        }
        assertNull(turn, "made checks");
        net.onDirector("ip addr add " + Director.VIP + "/32 dev lo");
        awaitTurn("10.0.2.2", false);
    }
}
