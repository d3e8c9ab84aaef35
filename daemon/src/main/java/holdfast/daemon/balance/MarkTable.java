package holdfast.daemon.balance;

import holdfast.config.ServiceMarks;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.kernel.NetlinkExchange;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.net.Family;
import holdfast.netlink.Reply;
import holdfast.netlink.nft.NftBatch;
import holdfast.netlink.nft.NftFamily;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The tables of nftables that mark packets for IPVS (`nftables_ipvs`). Confined to one thread.
final class MarkTable implements AutoCloseable {

    private final Reporter reporter;
    private Optional<NetlinkExchange> exchange = Optional.empty();
    private Optional<ServiceMarks> held = Optional.empty();

    MarkTable(Reporter reporter) {
        this.reporter = reporter;
    }

    /// Makes the tables anew, each in one transaction, so that no packet is without its mark.
    void want(Optional<ServiceMarks> wanted) {
        try {
            for (Family family : Family.values()) {
                boolean needed = wanted.isPresent() && MarkRules.has(wanted.get(), family);
                boolean same =
                        held.map(ServiceMarks::table).equals(wanted.map(ServiceMarks::table));
                if (held.isPresent() && MarkRules.has(held.get(), family) && !(needed && same)) {
                    remove(family, held.get());
                }
                if (needed) {
                    make(family, wanted.get());
                }
            }
        } catch (SyscallException e) {
            reporter.log(Level.ERROR, "The marks of nftables_ipvs: " + e.getMessage());
        }
        held = wanted;
    }

    private void make(Family family, ServiceMarks marks) throws SyscallException {
        List<Reply.Refused> refused =
                transact(
                        family,
                        marks,
                        batch -> {
                            new MarkRules(marks, family).write(batch);
                            return batch.commit();
                        });
        if (!refused.isEmpty()) {
            reporter.log(
                    Level.ERROR,
                    "Cannot make table '%s' of nftables: %s"
                            .formatted(marks.table(), NetlinkExchange.words(refused.getFirst())));
        }
    }

    private void remove(Family family, ServiceMarks marks) throws SyscallException {
        transact(
                family,
                marks,
                batch -> {
                    batch.addTable();
                    int last = batch.sequence();
                    batch.deleteTable();
                    batch.end();
                    return last;
                });
    }

    /// @param write says which message is answered last
    private List<Reply.Refused> transact(
            Family family, ServiceMarks marks, ToIntFunction<NftBatch> write)
            throws SyscallException {
        if (exchange.isEmpty()) {
            exchange = Optional.of(new NetlinkExchange(NetlinkSocket.Protocol.NETFILTER));
        }
        NetlinkExchange kernel = exchange.get();
        NftFamily table = family == Family.INET ? NftFamily.IP : NftFamily.IP6;
        NftBatch batch = new NftBatch(kernel.out(), table, marks.table(), kernel.nextSequence());
        int last = write.applyAsInt(batch);
        kernel.skipTo(batch.sequence());
        return kernel.send(last);
    }

    @Override
    public void close() {
        exchange.ifPresent(NetlinkExchange::close);
    }
}
