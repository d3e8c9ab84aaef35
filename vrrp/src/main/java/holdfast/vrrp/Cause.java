package holdfast.vrrp;

/// Why a role changed: the last word of every explanation.
public enum Cause {
    STARTED,
    OWNER,
    MASTER_SILENT,
    MASTER_RESIGNED,
    OUTRANKED,
    PREEMPTED_WEAKER,
    FAULT_RAISED,
    FAULTS_CLEARED,
    ADDRESS_TAKEN_AWAY,
    SLEPT,
    ROUTING_TAKEN_AWAY,
    GROUP,
    RESPECIFIED,
    STOPPED
}
