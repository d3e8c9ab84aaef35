package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Scheduler;
import holdfast.daemon.balance.ConnectionCount.Load;
import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionSharesTest {

    private static Endpoint server(int last) {
        return new Endpoint(Ipv4Address.of(10, 0, last / 200, last % 200), 80);
    }

    private static Destination row(int last, int weight) {
        return new Destination(server(last), weight, new Forwarding.Nat(), 0, 0);
    }

    /// Shares of servers 1, 2, ... with so many connections that stay, where so many come.
    private static List<Integer> shares(String scheduler, int[] weights, int[] stay, int coming) {
        List<Destination> rows = new ArrayList<>();
        Map<Endpoint, Load> loads = new HashMap<>();
        for (int i = 0; i < weights.length; i++) {
            rows.add(row(i + 1, weights[i]));
            loads.put(server(i + 1), new Load(stay[i], 0));
        }
        ConnectionCount count = new ConnectionCount(loads, 1, coming);
        Map<Endpoint, Integer> shares =
                ConnectionShares.of(Scheduler.plain(scheduler), rows, count, Map.of());
        return shares.isEmpty()
                ? List.of()
                : rows.stream().map(one -> shares.getOrDefault(one.endpoint(), 0)).toList();
    }

    private static int[] of(int... numbers) {
        return numbers;
    }

    @Test
    void whoHasMuchGetsNothingUntilOthersHaveAsMuch() {
        assertEquals(List.of(0, 64), shares("wlc", of(1, 1), of(20, 0), 10));
        assertEquals(List.of(16, 48), shares("wlc", of(1, 1), of(20, 0), 40));
        assertEquals(List.of(0, 32, 32), shares("lc", of(1, 1, 1), of(9, 3, 3), 4));
    }

    @Test
    void weightsAreRespectedUnlessTheSchedulerKnowsNone() {
        assertEquals(List.of(), shares("wlc", of(3, 1), of(30, 10), 40));
        assertEquals(List.of(11, 53), shares("lc", of(3, 1), of(30, 10), 30));
        assertEquals(List.of(0, 64), shares("sed", of(3, 1), of(90, 0), 12));
    }

    @Test
    void smallDifferencesChangeNothing() {
        assertEquals(List.of(), shares("wlc", of(1, 1), of(104, 100), 1000));
        assertEquals(List.of(), shares("wlc", of(1, 1), of(0, 0), 0));
        assertEquals(List.of(), shares("wlc", of(5), of(7), 3));
        List<Destination> rows = List.of(row(1, 1), row(2, 1));
        Map<Endpoint, Integer> before = Map.of(server(1), 16, server(2), 48);
        ConnectionCount count = new ConnectionCount(Map.of(server(1), new Load(19, 0)), 1, 40);
        assertEquals(before, ConnectionShares.of(Scheduler.plain("wlc"), rows, count, before));
    }

    @Test
    void connectionsThatEndBeforeTheNextCountDoNotCountTwice() {
        ConnectionCount count = ConnectionCount.NOTHING.next(Map.of(server(1), new Load(0, 80)));
        assertEquals(80, count.staying(server(1)));
        ConnectionCount next = count.next(Map.of(server(1), new Load(8, 80)));
        assertEquals(16, next.staying(server(1)));
        assertEquals(80, next.coming(2));
    }

    /// Where some connections stay for long and most end soon, loads come to fit the weights.
    @Test
    void loadsConverge() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int servers = 2 + random.nextInt(40);
            int[] weights = new int[servers];
            double[] lasting = new double[servers];
            double[] passing = new double[servers];
            long sum = 0;
            List<Destination> rows = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                weights[i] = 1 + random.nextInt(9);
                sum += weights[i];
                lasting[i] = random.nextInt(100);
                rows.add(row(i + 1, weights[i]));
            }
            int coming = 10 * servers + random.nextInt(20_000);
            double ending = random.nextDouble(0.05, 1);
            ConnectionCount count = ConnectionCount.NOTHING;
            Map<Endpoint, Integer> shares = Map.of();
            for (int round = 0; round < 200; round++) {
                Map<Endpoint, Load> loads = new HashMap<>();
                for (int i = 0; i < servers; i++) {
                    Integer slots = shares.get(server(i + 1));
                    int all = shares.values().stream().mapToInt(it -> it).sum();
                    double part = slots == null ? (double) weights[i] / sum : (double) slots / all;
                    double old = lasting[i] + passing[i] * (1 - ending);
                    loads.put(server(i + 1), new Load((long) old, (long) (part * coming)));
                    passing[i] = passing[i] * (1 - ending) + part * coming;
                }
                count = count.next(loads);
                shares = ConnectionShares.of(Scheduler.plain("wlc"), rows, count, shares);
            }
            double all = 0;
            for (int i = 0; i < servers; i++) {
                all += lasting[i] + passing[i];
            }
            for (int i = 0; i < servers; i++) {
                double has = lasting[i] + passing[i];
                double fair = all * weights[i] / sum;
                boolean near = has >= fair * 0.75 - all / 256 && has <= fair * 1.25 + all / 256;
                boolean full = has > fair && passing[i] < 1;
                assertTrue(near || full, "seed " + seed + ": " + has + " instead of " + fair);
            }
        }
    }
}
