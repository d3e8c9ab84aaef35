package holdfast.daemon.kernel;

import holdfast.netlink.ipvs.IpvsDaemon;

/// A step on the way from the sync daemons that run to those that shall.
sealed interface SyncCommand {

    record Stop(IpvsDaemon daemon) implements SyncCommand {}

    record Start(IpvsDaemon daemon) implements SyncCommand {}
}
