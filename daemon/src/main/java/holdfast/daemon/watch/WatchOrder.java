package holdfast.daemon.watch;

import holdfast.vrrp.Watching;

/// What the routers' loop asks of the watching thread.
sealed interface WatchOrder {

    /// Watch this from now on.
    record Follow(Watching watching) implements WatchOrder {}

    record Stop() implements WatchOrder {}
}
