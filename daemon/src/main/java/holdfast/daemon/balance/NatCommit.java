package holdfast.daemon.balance;

import holdfast.balance.ServiceKey;
import holdfast.daemon.kernel.NetlinkExchange;
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
    }

    /// A transaction is not made longer, since the kernel must hold all of it at once; what would
    /// not fit goes into another.
    private static final int BYTES_MAX = 16 << 20;

    private final NetlinkExchange exchange;

    /// Those that are there; another is made with its first service.
    private final Map<NftFamily, NatTable> tables = new EnumMap<>(NftFamily.class);

    /// Tables that a predecessor may have left and that no service needs.
    private final Set<NftFamily> doomed = EnumSet.noneOf(NftFamily.class);

    NatCommit(NetlinkExchange exchange) {
        this.exchange = exchange;
    }

    /// Has tables made anew with their next service, or removed with the next change of any.
    void begin(Set<NftFamily> unneeded) {
        tables.clear();
        doomed.addAll(unneeded);
    }

    /// Somebody removed what we made.
    void forget() {
        tables.clear();
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
                doomed.clear();
                left = left.subList(attempt.count, left.size());
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

        /// The messages from `first`, and before `end`.
        private record Part(int first, int end, NftFamily family, Optional<Change> change) {}

        private final List<Change> changes;
        private final List<Part> parts = new ArrayList<>();
        private final Map<NftFamily, NatTable> made = new EnumMap<>(NftFamily.class);

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
                table.reset(batch);
                made.put(family, table);
                parts.add(new Part(first, batch.sequence(), family, Optional.empty()));
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
                parts.add(new Part(first, batch.sequence(), family, Optional.of(change)));
            }
        }

        /// Without its table, a whole family is at fault.
        Map<Change, Reply.Refused> culprits(List<Reply.Refused> refusals) {
            Map<Change, Reply.Refused> culprits = new LinkedHashMap<>();
            for (Reply.Refused no : refusals) {
                for (Part part : parts) {
                    if (no.sequence() >= part.first() && no.sequence() < part.end()) {
                        for (Change change : changes.subList(0, count)) {
                            if (part.change().map(change::equals).orElse(false)
                                    || part.change().isEmpty()
                                            && change.family() == part.family()) {
                                culprits.putIfAbsent(change, no);
                            }
                        }
                    }
                }
            }
            return culprits;
        }
    }
}
