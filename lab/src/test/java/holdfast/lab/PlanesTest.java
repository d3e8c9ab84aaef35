package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same pools and the same events on both data planes: who is reached, and how often.
@Tag("ipvs")
class PlanesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SERVICE = "10.0.0.11";

    /// Where the clients' addresses begin.
    private static final int CLIENTS_FROM = 101;

    /// Connections that schedulers without a hash share exactly, but for where they begin.
    private static final int ROUND = 24;

    /// Two connections: rounds are cut at both ends.
    private static final double EXACT = 2.5 / ROUND;

    /// As far as a hash of so many clients is from even.
    private static final double HASHED = 0.15;

    /// The last one is the sorry server.
    private static final int SERVERS = 4;

    @Test
    void bothReachTheSameServersInTheSameShares() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, SERVERS);
            for (int client = 0; client < Scheduling.SH.connections; client++) {
                String address = "10.0.0.%d/24".formatted(CLIENTS_FROM + client);
                director.client.run("ip", "address", "add", address, "dev", "eth0");
            }
            List<Measure> ipvs = played(director, "ipvs");
            List<Measure> nftables = played(director, "nftables");
            assertEquals(ipvs.size(), nftables.size());
            for (int index = 0; index < ipvs.size(); index++) {
                Measure one = ipvs.get(index);
                Measure other = nftables.get(index);
                for (int server = 0; server < SERVERS; server++) {
                    String what = "%s of rs%d".formatted(one, server + 1);
                    double share = one.shares.get(server);
                    double same = other.shares.get(server);
                    assertEquals(share, same, one.scheduling.tolerance, what);
                    assertEquals(share > 0, same > 0, what);
                }
            }
        }
    }

    /// Lets all events happen, and measures the shares after each.
    private static List<Measure> played(Director director, String plane) {
        String global = "global_defs {\n  lvs_backend %s\n}\n".formatted(plane);
        Daemon daemon = Daemon.of(Software.HOLDFAST, director.lb, global + text(Event.START));
        List<Measure> played = new ArrayList<>();
        for (Event event : Event.values()) {
            switch (event) {
                case START -> daemon.start();
                case ONE_DOWN -> Web.kill(director.webs.get(2));
                case ONE_UP -> revive(director, 2);
                case RELOADED -> daemon.reload(global + text(Event.RELOADED));
                case QUORUM_LOST -> {
                    Web.kill(director.webs.get(1));
                    Web.kill(director.webs.get(2));
                }
                case ALL_UP -> {
                    revive(director, 1);
                    revive(director, 2);
                }
            }
            for (Scheduling scheduling : Scheduling.values()) {
                List<Double> shares = settled(director, daemon, event, scheduling);
                played.add(new Measure(event, scheduling, shares));
            }
        }
        List<String> answers = answers(director, Scheduling.SH);
        assertEquals(answers, answers(director, Scheduling.SH), "clients stay where they are");
        daemon.stop();
        return played;
    }

    private static void revive(Director director, int server) {
        director.webs.set(server, Web.start(director.servers.get(server), "0.0.0.0", 80));
    }

    /// Waits until the shares are those of the weights, and returns them.
    private static List<Double> settled(
            Director director, Daemon daemon, Event event, Scheduling scheduling) {
        List<Integer> weights = weights(event, scheduling);
        List<List<Double>> seen = new ArrayList<>();
        Await.until(
                "%s: %s serves by %s".formatted(event, scheduling, weights),
                LIMIT,
                () -> {
                    seen.add(shares(answers(director, scheduling), scheduling));
                    return fits(seen.getLast(), weights, scheduling.tolerance);
                },
                () -> seen.getLast() + "\n" + daemon.log());
        return seen.getLast();
    }

    private static boolean fits(List<Double> shares, List<Integer> weights, double tolerance) {
        double sum = weights.stream().mapToInt(weight -> weight).sum();
        for (int server = 0; server < SERVERS; server++) {
            double wanted = weights.get(server) / sum;
            double share = shares.get(server);
            if (Math.abs(share - wanted) > tolerance || (share > 0) != (wanted > 0)) {
                return false;
            }
        }
        return true;
    }

    private static List<Double> shares(List<String> answers, Scheduling scheduling) {
        List<Double> shares = new ArrayList<>();
        for (int server = 1; server <= SERVERS; server++) {
            int count = Collections.frequency(answers, "rs" + server);
            shares.add((double) count / scheduling.connections);
        }
        return shares;
    }

    /// Who answers; a connection after another, and all by one program, since that is quick.
    private static List<String> answers(Director director, Scheduling scheduling) {
        List<String> command = new ArrayList<>(List.of("curl"));
        for (int count = 0; count < scheduling.connections; count++) {
            int client = scheduling == Scheduling.SH ? CLIENTS_FROM + count : 99;
            command.addAll(List.of("-sf", "-m", "2", "--interface", "host!10.0.0." + client));
            command.addAll(List.of("http://%s:%d/".formatted(SERVICE, scheduling.port), "--next"));
        }
        command.removeLast();
        return director.client.attempt(command.toArray(String[]::new)).output().lines().toList();
    }

    private static String text(Event event) {
        var text = new StringBuilder();
        for (Scheduling scheduling : Scheduling.values()) {
            text.append(
                    """
                    virtual_server %s %d {
                      delay_loop 1
                      lb_algo %s
                      lb_kind NAT
                      protocol TCP
                      quorum 2
                      sorry_server 10.0.1.4 80
                    """
                            .formatted(SERVICE, scheduling.port, scheduling));
            List<Integer> weights = weights(event, scheduling);
            for (int server = 1; server < SERVERS; server++) {
                if (weights.get(server - 1) > 0) {
                    text.append(
                            """
                              real_server 10.0.1.%d 80 {
                                weight %d
                                TCP_CHECK {
                                  connect_timeout 1
                                  retry 0
                                }
                              }
                            """
                                    .formatted(server, weights.get(server - 1)));
                }
            }
            text.append("}\n");
        }
        return text.toString();
    }

    /// Which part of the connections each server got after an event.
    private record Measure(Event event, Scheduling scheduling, List<Double> shares) {}

    /// A service, with the number of connections that show its shares.
    private enum Scheduling {
        RR(81, ROUND, EXACT),
        WRR(82, ROUND, EXACT),
        SH(83, 2 * ROUND, HASHED);

        private final int port;
        private final int connections;
        private final double tolerance;

        Scheduling(int port, int connections, double tolerance) {
            this.port = port;
            this.connections = connections;
            this.tolerance = tolerance;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private enum Event {
        START,
        ONE_DOWN,
        ONE_UP,
        RELOADED,
        QUORUM_LOST,
        ALL_UP
    }

    /// By which weights a service is served after an event.
    private static List<Integer> weights(Event event, Scheduling scheduling) {
        return switch (event) {
            case START, ONE_UP ->
                    switch (scheduling) {
                        case RR -> List.of(1, 1, 1, 0);
                        case WRR -> List.of(1, 2, 3, 0);
                        case SH -> List.of(1, 1, 2, 0);
                    };
            case ONE_DOWN ->
                    switch (scheduling) {
                        case RR, SH -> List.of(1, 1, 0, 0);
                        case WRR -> List.of(1, 2, 0, 0);
                    };
            case RELOADED, ALL_UP ->
                    switch (scheduling) {
                        case RR -> List.of(1, 1, 0, 0);
                        case WRR -> List.of(1, 4, 1, 0);
                        case SH -> List.of(1, 2, 1, 0);
                    };
            case QUORUM_LOST -> List.of(0, 0, 0, 1);
        };
    }
}
