package holdfast.vrrp;

/// What one router is worth in an election: its priority with all that counts for and against it.
final class Standing {

    private final Surroundings surroundings;
    private int priority;
    private boolean gaveWay;

    Standing(VrrpSpec spec, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.priority = spec.election().priority().value();
    }

    /// The effective priority.
    int priority() {
        return priority;
    }

    /// Looks again at what it is made of.
    void reckon(VrrpSpec spec, Tracking tracking) {
        gaveWay &= spec.isOwner();
        int base = spec.election().priority().value();
        if (spec.isOwner()) {
            priority = gaveWay ? base - 1 : base;
            return;
        }
        int total = base + surroundings.contribution(tracking);
        priority = Math.clamp(total, 1, Priority.OWNER.value() - 1);
    }

    /// An owner that cannot win against another is worth one less until the other is gone.
    void giveWay() {
        gaveWay = true;
    }

    /// The other owner is gone.
    ///
    /// @return whether this owner had given way to it
    boolean restore() {
        boolean restored = gaveWay;
        gaveWay = false;
        return restored;
    }
}
