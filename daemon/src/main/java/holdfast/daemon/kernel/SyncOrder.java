package holdfast.daemon.kernel;

import holdfast.netlink.ipvs.IpvsDaemon;
import java.util.List;

/// What the thread of the sync daemons is asked for.
sealed interface SyncOrder {

    /// These daemons shall run, and no others.
    record Want(List<IpvsDaemon> daemons) implements SyncOrder {}

    /// The thread ends; daemons stay as they are.
    record End() implements SyncOrder {}
}
