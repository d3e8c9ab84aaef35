package holdfast.daemon.kernel;

import holdfast.linux.SyscallException;
import holdfast.netlink.ipvs.GenericFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The number of IPVS in this kernel; empty while it has none.
public final class IpvsFamily {

    private static final String FAMILY = "IPVS";
    private static final String MODULE = "ip_vs";

    private IpvsFamily() {}

    static Optional<GenericFamily> find(NetlinkExchange exchange) throws SyscallException {
        List<GenericFamily> found = new ArrayList<>();
        int sequence = exchange.nextSequence();
        GenericFamily.query(exchange.out(), sequence, FAMILY);
        exchange.send(sequence, GenericFamily::of, found);
        return found.stream().findFirst();
    }

    /// As [#find], and has modprobe try first if need be.
    public static Optional<GenericFamily> findOrLoad(NetlinkExchange exchange)
            throws SyscallException {
        Optional<GenericFamily> found = find(exchange);
        return found.isEmpty() && KernelModule.load(MODULE) ? find(exchange) : found;
    }
}
