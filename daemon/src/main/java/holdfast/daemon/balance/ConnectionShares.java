package holdfast.daemon.balance;

import holdfast.balance.Destination;
import holdfast.balance.Scheduler;
import holdfast.net.Endpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the next connections are shared, so that those that will be left of today's and those to
/// come fit the weights: what a scheduler that counts connections comes to over a while.
///
/// Pure. Who has more than its part already gets none.
final class ConnectionShares {

    /// The sum of all shares.
    static final int SLOTS = 64;

    /// For many servers there are more, so that each can have a small share.
    private static final int SLOTS_PER_SERVER = 8;

    /// Differences up to this part of a share are left alone.
    private static final double TOLERANCE = 1.0 / 8;

    private static final Set<String> COUNTING = Set.of("lc", "wlc", "sed", "nq", "twos");

    private ConnectionShares() {}

    /// Whether this scheduler looks at connections.
    static boolean count(Scheduler scheduler) {
        return COUNTING.contains(scheduler.name());
    }

    /// Shares for the servers that serve; empty where the weights alone will do.
    ///
    /// @param before the shares until now, which stay if they will do
    static Map<Endpoint, Integer> of(
            Scheduler scheduler,
            Collection<Destination> rows,
            ConnectionCount count,
            Map<Endpoint, Integer> before) {
        List<Destination> serving = rows.stream().filter(row -> row.weight() > 0).toList();
        int servers = serving.size();
        if (servers < 2) {
            return Map.of();
        }
        double[] weights = new double[servers];
        double[] stays = new double[servers];
        double[] current = new double[servers];
        for (int i = 0; i < servers; i++) {
            Destination row = serving.get(i);
            weights[i] = scheduler.name().equals("lc") ? 1 : row.weight();
            stays[i] = count.staying(row.endpoint());
            current[i] = before.getOrDefault(row.endpoint(), 0);
        }
        double[] plain = parts(weights);
        double[] wanted = parts(fill(weights, stays, count.coming(servers)));
        if (near(wanted, plain)) {
            return Map.of();
        }
        boolean same = before.size() == servers && near(wanted, parts(current));
        return same ? before : slots(serving, wanted);
    }

    /// How much each gets where so much is poured in, as water finds its level.
    private static double[] fill(double[] weights, double[] has, double amount) {
        double level = level(weights, has, amount);
        double[] gets = new double[weights.length];
        for (int i = 0; i < gets.length; i++) {
            gets[i] = Math.max(0, weights[i] * level - has[i]);
        }
        return gets;
    }

    /// The level is right when nobody below it is left out, and nobody above it is let in.
    private static double level(double[] weights, double[] has, double amount) {
        boolean[] out = new boolean[weights.length];
        while (true) {
            double volume = amount;
            double width = 0;
            for (int i = 0; i < weights.length; i++) {
                volume += out[i] ? 0 : has[i];
                width += out[i] ? 0 : weights[i];
            }
            double level = volume / width;
            boolean changed = false;
            for (int i = 0; i < weights.length; i++) {
                if (!out[i] && has[i] > weights[i] * level) {
                    out[i] = true;
                    changed = true;
                }
            }
            if (!changed) {
                return level;
            }
        }
    }

    private static double[] parts(double[] amounts) {
        double sum = 0;
        for (double amount : amounts) {
            sum += amount;
        }
        double[] parts = new double[amounts.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = sum == 0 ? 0 : amounts[i] / sum;
        }
        return parts;
    }

    private static boolean near(double[] some, double[] others) {
        for (int i = 0; i < some.length; i++) {
            if (Math.abs(some[i] - others[i]) > TOLERANCE * Math.max(some[i], others[i])) {
                return false;
            }
        }
        return true;
    }

    /// Whole slots; what rounding leaves over goes where most was cut off.
    private static Map<Endpoint, Integer> slots(List<Destination> serving, double[] parts) {
        int all = Math.clamp((long) SLOTS_PER_SERVER * parts.length, SLOTS, SlotTable.SLOTS_MAX);
        int[] slots = new int[parts.length];
        int left = all;
        for (int i = 0; i < parts.length; i++) {
            slots[i] = (int) (parts[i] * all);
            left -= slots[i];
        }
        for (; left > 0; left--) {
            int most = 0;
            for (int i = 1; i < parts.length; i++) {
                if (parts[i] * all - slots[i] > parts[most] * all - slots[most]) {
                    most = i;
                }
            }
            slots[most]++;
        }
        Map<Endpoint, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            shares.put(serving.get(i).endpoint(), slots[i]);
        }
        return shares;
    }
}
