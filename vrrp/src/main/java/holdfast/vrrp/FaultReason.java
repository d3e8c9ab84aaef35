package holdfast.vrrp;

/// One named condition that keeps an instance in FAULT. Recomputed from facts, never counted.
///
/// @param what the interface, script, or other thing it is about; empty when there is only one
public record FaultReason(Kind kind, String what) {

    public enum Kind {
        INTERFACE_MISSING,
        INTERFACE_DOWN,
        NO_SOURCE_ADDRESS,
        SOURCE_ADDRESS_MISSING,
        NO_UNICAST_PEERS,
        /// Another router of this host, by name, is the same one on the same wire.
        SAME_ROUTER,
        TRACKED_INTERFACE,
        TRACKED_SCRIPT,
        STATIC_MISSING,
        SCRIPT_NOT_RUN_YET,
        TRACKED_FILE,
        FILE_NOT_READ_YET,
        TRACKED_PROCESS,
        PROCESSES_NOT_COUNTED_YET,
        TRACKED_SESSION,
        GROUP_MEMBER
    }
}
