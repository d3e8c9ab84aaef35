package holdfast.daemon.kernel;

import holdfast.config.SyncDaemonSpec;
import holdfast.netlink.ipvs.IpvsDaemon;

/// The words of the configuration in those of IPVS.
public final class SyncTerms {

    private SyncTerms() {}

    public static IpvsDaemon daemon(SyncDaemonSpec spec, IpvsDaemon.Role role) {
        return new IpvsDaemon(
                role,
                spec.interfaceName(),
                spec.id(),
                spec.maxBytes(),
                spec.group(),
                spec.port(),
                spec.ttl());
    }
}
