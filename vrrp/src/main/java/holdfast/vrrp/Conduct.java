package holdfast.vrrp;

import java.util.Optional;

/// How closely a router keeps to the standard, and what it does where the standard leaves a choice.
///
/// @param strict whether it keeps to the letter; what follows from that is said in other places
/// @param checksum which checksum its adverts have
/// @param tracksSource whether a configured source address must be on an interface
/// @param rivalAfterStall the highest priority that anybody else may have: after a silence in which
///     such a router would have become master, this one does not go on as master; absent when it
///     does
/// @param receiveShare what it needs of the receive buffer of its socket
/// @param debugLevel a number for dumps
public record Conduct(
        boolean strict,
        ChecksumRule checksum,
        boolean tracksSource,
        Optional<Integer> rivalAfterStall,
        ReceiveShare receiveShare,
        int debugLevel) {

    public static final Conduct USUAL =
            new Conduct(
                    false,
                    new ChecksumRule.Usual(),
                    false,
                    Optional.empty(),
                    new ReceiveShare.Usual(),
                    0);
}
