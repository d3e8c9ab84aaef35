package holdfast.netlink.ipvs;

import java.util.Optional;

/// A virtual service.
///
/// @param flags `IP_VS_SVC_F_*`
/// @param timeoutSeconds of persistence
/// @param granularity prefix length within which clients count as one
/// @param engine a persistence engine, for example `sip`
public record IpvsService(
        IpvsKey key,
        String scheduler,
        int flags,
        int timeoutSeconds,
        int granularity,
        Optional<String> engine) {

    public static final int PERSISTENT = 0x1;
    /// The kernel's own note; never written by us.
    static final int HASHED = 0x2;

    public static final int ONE_PACKET = 0x4;

    /// `IP_VS_SVC_F_SCHED1`, the first of three bits in a row.
    public static final int SCHEDULER_FLAG_1 = 0x8;
}
