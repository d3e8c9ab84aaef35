package holdfast.daemon.kernel;

import holdfast.linux.Errno;
import holdfast.linux.SyscallException;
import holdfast.netlink.Reply;
import holdfast.netlink.ipvs.GenericFamily;
import holdfast.netlink.ipvs.IpvsDaemon;
import holdfast.netlink.ipvs.IpvsReading;
import holdfast.netlink.ipvs.IpvsReading.DaemonFound;
import holdfast.netlink.ipvs.IpvsReading.TimeoutsFound;
import holdfast.netlink.ipvs.IpvsTimeouts;
import holdfast.netlink.ipvs.IpvsWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What IPVS has beside services: its sync daemons and its timeouts. Confined to one thread.
///
/// A command's refusal comes back in words; empty when it was carried out.
public final class IpvsControl implements AutoCloseable {

    private final NetlinkExchange exchange;
    private final GenericFamily family;
    private final IpvsWriter writer;

    private IpvsControl(NetlinkExchange exchange, GenericFamily family) {
        this.exchange = exchange;
        this.family = family;
        this.writer = new IpvsWriter(exchange.out(), family);
    }

    /// Empty when this kernel has no IPVS.
    ///
    /// @param loads whether modprobe shall try
    public static Optional<IpvsControl> open(IpvsHome home, boolean loads) throws SyscallException {
        NetlinkExchange exchange = home.open();
        Optional<GenericFamily> found = Optional.empty();
        try {
            found = loads ? IpvsFamily.findOrLoad(exchange) : IpvsFamily.find(exchange);
        } finally {
            if (found.isEmpty()) {
                exchange.close();
            }
        }
        return found.map(family -> new IpvsControl(exchange, family));
    }

    List<IpvsDaemon> daemons() throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.listDaemons(sequence);
        return readings(sequence).stream()
                .flatMap(
                        one ->
                                one instanceof DaemonFound(var daemon)
                                        ? Optional.of(daemon).stream()
                                        : Optional.<IpvsDaemon>empty().stream())
                .toList();
    }

    Optional<String> start(IpvsDaemon daemon) throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.startDaemon(sequence, daemon);
        return words(exchange.send(sequence));
    }

    /// One that does not run is stopped.
    Optional<String> stop(IpvsDaemon.Role role) throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.stopDaemon(sequence, role);
        List<Reply.Refused> refused = exchange.send(sequence);
        refused.removeIf(no -> NetlinkExchange.is(no, Errno.ESRCH));
        return words(refused);
    }

    public Optional<IpvsTimeouts> timeouts() throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.queryTimeouts(sequence);
        return readings(sequence).stream()
                .flatMap(
                        one ->
                                one instanceof TimeoutsFound(var timeouts)
                                        ? Optional.of(timeouts).stream()
                                        : Optional.<IpvsTimeouts>empty().stream())
                .findFirst();
    }

    public Optional<String> setTimeouts(IpvsTimeouts timeouts) throws SyscallException {
        int sequence = exchange.nextSequence();
        writer.setTimeouts(sequence, timeouts);
        return words(exchange.send(sequence));
    }

    private List<IpvsReading> readings(int sequence) throws SyscallException {
        List<IpvsReading> readings = new ArrayList<>();
        exchange.send(sequence, message -> IpvsReading.of(message, family), readings);
        return readings;
    }

    private static Optional<String> words(List<Reply.Refused> refused) {
        return refused.stream().findFirst().map(NetlinkExchange::words);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
