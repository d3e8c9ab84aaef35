package holdfast.daemon.balance;

import holdfast.balance.ServiceKey;
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.Errno;
import holdfast.linux.SyscallException;
import holdfast.netlink.Reply;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Carries changes of services to the kernel: all of them in one transaction, over both families.
///
/// A transaction with a flaw has no effect, but the kernel reads all of it and names the messages
/// it refuses. Whose they are, is left out, and the rest goes out again as one.
final class NatCommit {

    /// What becomes of one service.
    record Change(ServiceKey.Single key, Optional<NatService> before, Optional<NatService> after) {
        NftFamily family() {
            return NatService.familyOf(key);
        }

        /// Whether the service shall be routed directly.
        boolean isDirect() {
            return after.filter(NatService::isDirect).isPresent();
        }
    }

    /// A transaction is not made longer, since the kernel must hold all of it at once; what would
    /// not fit goes into another.
    private static final int BYTES_MAX = 16 << 20;

    private final NetlinkExchange exchange;

    /// Those that are there; another is made with its first service.
    private final Map<NftFamily, NatTable> tables = new EnumMap<>(NftFamily.class);

    /// Those that can route directly; another learns it with its first service that wants it.
    private final Set<NftFamily> direct = EnumSet.noneOf(NftFamily.class);

    /// What tables are not made anew from nothing.
    private final Map<NftFamily, NatTable.Remains> remains = new EnumMap<>(NftFamily.class);

    /// Tables that a predecessor may have left and that no service needs.
    private final Set<NftFamily> doomed = EnumSet.noneOf(NftFamily.class);

    NatCommit(NetlinkExchange exchange) {
        this.exchange = exchange;
    }

    /// Has tables made anew with their next service, or removed with the next change of any.
    ///
    /// @param kept of tables that are there, and whose memory for connections goes on
    void begin(Set<NftFamily> unneeded, Map<NftFamily, NatTable.Remains> kept) {
        forget();
        remains.putAll(kept);
        doomed.addAll(unneeded);
    }

    /// Somebody removed what we made.
    void forget() {
        tables.clear();
        direct.clear();
        remains.clear();
    }

    /// @return whom the kernel refused, and why; all others are as they should be
    SequencedMap<Change, Reply.Refused> commit(List<Change> changes) throws SyscallException {
        SequencedMap<Change, Reply.Refused> refused = new LinkedHashMap<>();
        commit(changes, refused);
        return refused;
    }

    private void commit(List<Change> changes, Map<Change, Reply.Refused> refused)
            throws SyscallException {
        List<Change> left = changes;
        while (!left.isEmpty() || !doomed.isEmpty()) {
            Attempt attempt = new Attempt(left);
            List<Reply.Refused> refusals = attempt.make();
            if (refusals.isEmpty()) {
                tables.putAll(attempt.made);
                direct.addAll(attempt.learning);
                doomed.clear();
                left = left.subList(attempt.count, left.size());
                continue;
            }
            if (attempt.isRefusedForWhatRemains(refusals)) {
                remains.clear();
                continue;
            }
            Map<Change, Reply.Refused> culprits = attempt.culprits(refusals);
            if (culprits.isEmpty() && attempt.count > 1) {
                // The kernel does not say whose fault it is.
                int half = attempt.count / 2;
                commit(left.subList(0, half), refused);
                commit(left.subList(half, attempt.count), refused);
                left = left.subList(attempt.count, left.size());
                continue;
            }
            if (culprits.isEmpty() && attempt.count == 1) {
                culprits.put(left.getFirst(), refusals.getFirst());
            }
            if (culprits.isEmpty()) {
                doomed.clear();
            }
            refused.putAll(culprits);
            left = left.stream().filter(change -> !culprits.containsKey(change)).toList();
        }
    }

    /// One transaction.
    private final class Attempt {

        /// Whom a part of a transaction is for.
        private enum For {
            ALL,
            DIRECT,
            ONE
        }

        /// The messages from `first`, and before `end`.
        ///
        /// @param change the one that it is for, or the first of them
        private record Part(int first, int end, For whom, Change change) {
            boolean has(Reply.Refused no) {
                return no.sequence() >= first && no.sequence() < end;
            }

            boolean isFor(Change other) {
                boolean sameFamily = change.family() == other.family();
                return switch (whom) {
                    case ALL -> sameFamily;
                    case DIRECT -> sameFamily && other.isDirect();
                    case ONE -> change.equals(other);
                };
            }
        }

        private final List<Change> changes;
        private final List<Part> parts = new ArrayList<>();
        private final Map<NftFamily, NatTable> made = new EnumMap<>(NftFamily.class);
        private final Set<NftFamily> learning = EnumSet.noneOf(NftFamily.class);

        /// How many of the changes are in it.
        private int count;

        Attempt(List<Change> changes) {
            this.changes = changes;
        }

        List<Reply.Refused> make() throws SyscallException {
            int first = exchange.nextSequence();
            NftBatch batch = new NftBatch(exchange.out(), NftFamily.IP, NatTable.TABLE, first);
            int begun = batch.sequence();
            int last = begun;
            for (NftFamily family : doomed) {
                batch.turnTo(family);
                batch.addTable();
                last = batch.sequence();
                batch.deleteTable();
            }
            while (count < changes.size() && exchange.out().bytes() < BYTES_MAX) {
                write(batch, changes.get(count++));
            }
            if (batch.sequence() == begun) {
                exchange.out().clear();
                return List.of();
            }
            if (parts.isEmpty()) {
                batch.end();
            } else {
                last = batch.commit();
            }
            exchange.skipTo(batch.sequence());
            return exchange.send(last);
        }

        private void write(NftBatch batch, Change change) {
            NftFamily family = change.family();
            batch.turnTo(family);
            int first = batch.sequence();
            NatTable table = tables.getOrDefault(family, made.get(family));
            if (table == null) {
                table = new NatTable(family);
                if (remains.containsKey(family)) {
                    table.reset(batch, remains.get(family));
                } else {
                    table.reset(batch);
                }
                made.put(family, table);
                parts.add(new Part(first, batch.sequence(), For.ALL, change));
                first = batch.sequence();
            }
            if (change.isDirect() && !direct.contains(family) && learning.add(family)) {
                table.routeDirectly(batch, remains.containsKey(family));
                parts.add(new Part(first, batch.sequence(), For.DIRECT, change));
                first = batch.sequence();
            }
            if (change.before().isEmpty()) {
                NatTable fresh = table;
                change.after().ifPresent(after -> fresh.add(batch, after));
            } else if (change.after().isEmpty()) {
                table.remove(batch, change.before().get());
            } else {
                table.change(batch, change.before().get(), change.after().get());
            }
            if (batch.sequence() > first) {
                parts.add(new Part(first, batch.sequence(), For.ONE, change));
            }
        }

        /// Whether what a predecessor left is in the way.
        boolean isRefusedForWhatRemains(List<Reply.Refused> refusals) {
            for (Part part : parts) {
                if (part.whom() == For.ALL
                        && remains.containsKey(part.change().family())
                        && refusals.stream().anyMatch(part::has)) {
                    return true;
                }
            }
            return false;
        }

        /// Without its table, a whole family is at fault.
        Map<Change, Reply.Refused> culprits(List<Reply.Refused> refusals) {
            Map<Change, Reply.Refused> culprits = new LinkedHashMap<>();
            for (Reply.Refused no : refusals) {
                for (Part part : parts) {
                    if (part.has(no)) {
                        for (Change change : changes.subList(0, count)) {
                            if (part.isFor(change)) {
                                culprits.putIfAbsent(change, inWords(part, no));
                            }
                        }
                    }
                }
            }
            return culprits;
        }

        /// A rule that needs what the kernel does not have is refused as if the table were missing,
        /// which however shows earlier.
        private static Reply.Refused inWords(Part part, Reply.Refused no) {
            boolean missing =
                    part.whom() == For.DIRECT
                            && no.sequence() > part.first()
                            && NetlinkExchange.is(no, Errno.ENOENT);
            return missing
                    ? new Reply.Refused(
                            no.sequence(),
                            (int) -Errno.EOPNOTSUPP.result(),
                            "this kernel has no 'dup' of nftables, which DR needs",
                            0)
                    : no;
        }
    }
}
