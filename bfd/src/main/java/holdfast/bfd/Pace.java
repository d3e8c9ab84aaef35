package holdfast.bfd;

/// What both sides want of each other's intervals, and what follows from it (RFC 5880, sections
/// 6.8.2 to 6.8.4). In nanoseconds.
final class Pace {

    /// What a neighbour that was never heard can bear (`bfd.RemoteMinRxInterval`, section 6.8.1).
    private static final long UNKNOWN_MIN_RX = 1_000;

    // What is told to the neighbour.
    private int multiplier;
    private long minTx;
    private long minRx;

    // What counts until the neighbour has agreed: the gentler of old and new.
    private long minTxInForce;
    private long minRxInForce;

    private int remoteMultiplier;
    private long remoteMinTx;
    private long remoteMinRx = UNKNOWN_MIN_RX;

    Pace(Timers timers) {
        want(timers, false);
    }

    /// What is wanted from now on.
    ///
    /// @return whether the neighbour is to be polled about it
    boolean want(Timers timers, boolean up) {
        long tx = (up ? timers.minTx() : timers.idleTx()).toNanos();
        long rx = timers.minRx().toNanos();
        boolean changed = tx != minTx || rx != minRx;
        multiplier = timers.multiplier();
        minTx = tx;
        minRx = rx;
        if (up) {
            minTxInForce = Math.min(minTxInForce, minTx);
            minRxInForce = Math.max(minRxInForce, minRx);
        } else {
            agreed();
        }
        return up && changed;
    }

    /// The neighbour knows what is wanted.
    void agreed() {
        minTxInForce = minTx;
        minRxInForce = minRx;
    }

    void heard(int itsMultiplier, long itsMinTx, long itsMinRx) {
        remoteMultiplier = itsMultiplier;
        remoteMinTx = itsMinTx;
        remoteMinRx = itsMinRx;
    }

    int multiplier() {
        return multiplier;
    }

    long minTx() {
        return minTx;
    }

    long minRx() {
        return minRx;
    }

    /// Whether the neighbour wants periodic packets at all.
    boolean isWelcome() {
        return remoteMinRx > 0;
    }

    /// At which to send, before jitter.
    long transmitInterval() {
        return Math.max(minTxInForce, remoteMinRx);
    }

    /// At which the neighbour sends, at least.
    long receiveInterval() {
        return Math.max(minRxInForce, remoteMinTx);
    }

    /// The silence after which the neighbour is held to be gone.
    long detectionTime() {
        return remoteMultiplier * receiveInterval();
    }

    /// The silence after which the neighbour holds us to be gone.
    long remoteDetectionTime() {
        return multiplier * transmitInterval();
    }
}
