package holdfast.daemon.balance;

import holdfast.balance.Destination;
import holdfast.balance.Scheduler;
import holdfast.net.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A scheduler as a table: whoever is drawn by number, in turn or by hash, serves. Immutable.
///
/// A table cannot count connections. For schedulers that do, weights say how often each server is
/// drawn until somebody has counted, and shares afterwards.
///
/// @param slots an endpoint for each number; empty when nobody may serve
record SlotTable(Draw draw, List<Endpoint> slots) {

    /// How a number is drawn.
    enum Draw {
        IN_TURN,
        AT_RANDOM,
        BY_SOURCE,
        BY_SOURCE_AND_PORT
    }

    /// A table of that many fits into one message, and follows weights to a fifth of a percent.
    static final int SLOTS_MAX = 512;

    /// Many slots a server, so that each gets its share; a power of two, as the hash is best at.
    private static final int HASH_SLOTS = 256;

    /// The flag of `sh` and `mh` that takes the source port into account.
    private static final int PORT_FLAG = 2;

    SlotTable {
        slots = List.copyOf(slots);
    }

    static SlotTable of(Scheduler scheduler, Collection<Destination> rows) {
        List<Destination> serving = rows.stream().filter(row -> row.weight() > 0).toList();
        return switch (scheduler.name()) {
            case "rr", "lc" -> new SlotTable(Draw.IN_TURN, endpoints(serving));
            case "sh", "mh", "dh" -> hashed(scheduler, serving);
            case "fo" -> new SlotTable(Draw.IN_TURN, heaviest(serving));
            case "twos" -> new SlotTable(Draw.AT_RANDOM, inTurn(serving, shares(serving)));
            default -> new SlotTable(Draw.IN_TURN, inTurn(serving, shares(serving)));
        };
    }

    /// Each server as often as it has shares.
    static SlotTable shared(
            Scheduler scheduler, Collection<Destination> rows, Map<Endpoint, Integer> shares) {
        List<Destination> serving = rows.stream().filter(row -> row.weight() > 0).toList();
        int[] each =
                serving.stream().mapToInt(row -> shares.getOrDefault(row.endpoint(), 0)).toArray();
        Draw draw = scheduler.name().equals("twos") ? Draw.AT_RANDOM : Draw.IN_TURN;
        return new SlotTable(draw, inTurn(serving, each));
    }

    /// Whether who is drawn follows from the packet, so that each of a connection's packets draws
    /// the same server as long as the servers are the same.
    boolean isHashed() {
        return switch (draw) {
            case IN_TURN, AT_RANDOM -> false;
            case BY_SOURCE, BY_SOURCE_AND_PORT -> true;
        };
    }

    /// Whether the table does what the scheduler does under IPVS, or only something near it.
    static boolean isFaithful(Scheduler scheduler) {
        return switch (scheduler.name()) {
            case "rr", "wrr", "sh", "mh", "fo" -> true;
            default -> false;
        };
    }

    private static List<Endpoint> endpoints(List<Destination> rows) {
        return rows.stream().map(Destination::endpoint).toList();
    }

    private static List<Endpoint> heaviest(List<Destination> rows) {
        Destination heaviest = null;
        for (Destination row : rows) {
            if (heaviest == null || row.weight() > heaviest.weight()) {
                heaviest = row;
            }
        }
        return heaviest == null ? List.of() : List.of(heaviest.endpoint());
    }

    /// Each server as often as its share says, spread as evenly as can be.
    private static List<Endpoint> inTurn(List<Destination> rows, int[] shares) {
        int sum = Arrays.stream(shares).sum();
        long[] credit = new long[shares.length];
        List<Endpoint> slots = new ArrayList<>(sum);
        for (int slot = 0; slot < sum; slot++) {
            int richest = 0;
            for (int i = 0; i < shares.length; i++) {
                credit[i] += shares[i];
                if (credit[i] > credit[richest]) {
                    richest = i;
                }
            }
            credit[richest] -= sum;
            slots.add(rows.get(richest).endpoint());
        }
        return slots;
    }

    /// Weights in lowest terms, and then so small that the table is not too large. Everybody keeps
    /// a share.
    private static int[] shares(List<Destination> rows) {
        long sum = rows.stream().mapToLong(Destination::weight).sum();
        int divisor = rows.stream().mapToInt(Destination::weight).reduce(0, SlotTable::gcd);
        boolean fits = divisor == 0 || sum / divisor <= SLOTS_MAX;
        return rows.stream()
                .mapToInt(
                        row ->
                                fits
                                        ? row.weight() / divisor
                                        : (int) Math.max(1, (long) row.weight() * SLOTS_MAX / sum))
                .toArray();
    }

    private static int gcd(int one, int other) {
        int a = one;
        int b = other;
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /// Each slot goes to the server that draws highest for it, so that a server that comes or goes
    /// moves no more clients than it must. The same on every director.
    private static SlotTable hashed(Scheduler scheduler, List<Destination> rows) {
        Draw draw = (scheduler.flags() & PORT_FLAG) != 0 ? Draw.BY_SOURCE_AND_PORT : Draw.BY_SOURCE;
        if (rows.isEmpty()) {
            return new SlotTable(draw, List.of());
        }
        List<Endpoint> slots = new ArrayList<>(Collections.nCopies(HASH_SLOTS, null));
        for (int slot = 0; slot < HASH_SLOTS; slot++) {
            double best = Double.NEGATIVE_INFINITY;
            for (Destination row : rows) {
                double luck = luck(slot, row.endpoint());
                double score = -row.weight() / Math.log(luck);
                if (score > best) {
                    best = score;
                    slots.set(slot, row.endpoint());
                }
            }
        }
        return new SlotTable(draw, slots);
    }

    /// A number between 0 and 1 that is the same for the same slot and endpoint.
    private static double luck(int slot, Endpoint endpoint) {
        long mixed = 0x9e3779b97f4a7c15L * (slot + 1);
        for (byte octet : endpoint.address().octets()) {
            mixed = mix(mixed ^ octet);
        }
        mixed = mix(mixed ^ endpoint.port());
        return ((mixed >>> 11) + 0.5) / (1L << 53);
    }

    /// Spreads each bit over all (the finaliser of splitmix64).
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
