package holdfast.daemon.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.Destination;
import holdfast.balance.Forwarding;
import holdfast.balance.Scheduler;
import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotTableTest {

    private static Destination row(int last, int weight) {
        Endpoint endpoint = new Endpoint(Ipv4Address.of(10, 0, 0, last), 80);
        return new Destination(endpoint, weight, new Forwarding.Nat(), 0, 0);
    }

    private static String order(String scheduler, Destination... rows) {
        StringBuilder order = new StringBuilder();
        for (Endpoint endpoint : SlotTable.of(Scheduler.plain(scheduler), List.of(rows)).slots()) {
            String address = endpoint.address().toString();
            order.append(address.substring(address.lastIndexOf('.') + 1));
        }
        return order.toString();
    }

    private static Map<Endpoint, Integer> shares(SlotTable table) {
        Map<Endpoint, Integer> shares = new TreeMap<>((a, b) -> compare(a, b));
        table.slots().forEach(endpoint -> shares.merge(endpoint, 1, Integer::sum));
        return shares;
    }

    private static int share(Map<Endpoint, Integer> shares, Destination row) {
        return shares.getOrDefault(row.endpoint(), 0);
    }

    private static int compare(Endpoint a, Endpoint b) {
        return a.toString().compareTo(b.toString());
    }

    @Test
    void weightsAreInLowestTermsAndSpread() {
        assertEquals("1213121", order("wrr", row(1, 40), row(2, 20), row(3, 10)));
        assertEquals("12", order("rr", row(1, 40), row(2, 20), row(3, 0)));
        assertEquals("2", order("fo", row(1, 4), row(2, 20), row(3, 10)));
        assertEquals("", order("wrr", row(1, 0)));
        assertEquals("", order("sh"));
    }

    @Test
    void largeWeightsAreScaledAndEverybodyKeepsAShare() {
        List<Destination> rows = List.of(row(1, 1_000_003), row(2, 500_009), row(3, 1));
        SlotTable table = SlotTable.of(Scheduler.plain("wlc"), rows);
        assertTrue(table.slots().size() <= SlotTable.SLOTS_MAX + rows.size());
        Map<Endpoint, Integer> shares = shares(table);
        assertEquals(1, share(shares, row(3, 1)));
        double ratio = (double) share(shares, row(1, 1)) / share(shares, row(2, 1));
        assertEquals(2, ratio, 0.05);
    }

    @Test
    void hashFollowsWeightsAndMovesFewClients() {
        List<Destination> rows =
                new ArrayList<>(IntStream.rangeClosed(1, 4).mapToObj(i -> row(i, 1)).toList());
        SlotTable before = SlotTable.of(Scheduler.plain("sh"), rows);
        shares(before).values().forEach(share -> assertEquals(64, share, 25));
        Endpoint gone = rows.removeLast().endpoint();
        SlotTable after = SlotTable.of(Scheduler.plain("sh"), rows);
        for (int slot = 0; slot < before.slots().size(); slot++) {
            Endpoint was = before.slots().get(slot);
            if (!was.equals(gone)) {
                assertEquals(was, after.slots().get(slot));
            }
        }
    }
}
