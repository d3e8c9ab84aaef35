package holdfast.vrrp;

/// One kind of tracked processes as it is now.
///
/// @param count how many run; 0 also when nobody counted yet
/// @param good whether their number is right, or was until not long enough ago
/// @param becomingGood whether the fork delay runs
/// @param becomingBad whether the terminate delay runs
public record ProcessStatus(
        TrackProcessSpec spec,
        int count,
        boolean good,
        boolean becomingGood,
        boolean becomingBad) {}
