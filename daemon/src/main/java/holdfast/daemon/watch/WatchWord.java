package holdfast.daemon.watch;

import holdfast.vrrp.VrrpEvent;

/// What the watching thread says.
public sealed interface WatchWord {

    /// Something for the routers.
    record Happened(VrrpEvent event) implements WatchWord {}

    /// What a link says that was asked.
    record Link(String interfaceName, boolean up) implements WatchWord {}

    /// The thread ended by an error of ours.
    record Broken(Throwable reason) implements WatchWord {}
}
