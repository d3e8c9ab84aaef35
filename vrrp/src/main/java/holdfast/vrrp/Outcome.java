package holdfast.vrrp;

/// What a packet meant to an instance, as far as its sync group is concerned.
enum Outcome {
    NOTHING,
    /// There is a master that this router must not replace.
    DEFERRED,
    /// A weaker router claims to be master.
    HEARD_WEAKER
}
