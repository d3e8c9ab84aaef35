package holdfast.sim;

import holdfast.vrrp.VrrpEffect;
import java.time.Duration;

/// How long a slow machine takes to carry out an effect.
///
/// A frame and an order to the kernel take ten times longer here than on a usual host, so that much
/// to do is too much within the intervals that are played.
final class Cost {

    /// What the kernel takes to add or remove one address or route.
    static final Duration ORDER = Duration.ofNanos(100_000);

    private static final Duration FRAME = Duration.ofNanos(100_000);
    private static final Duration PACKET = Duration.ofNanos(10_000);
    private static final Duration PROCESS = Duration.ofNanos(200_000);
    private static final Duration LINE = Duration.ofNanos(5_000);

    private Cost() {}

    /// What it takes before anything else is done.
    static Duration atOnce(VrrpEffect effect) {
        return switch (effect) {
            case VrrpEffect.SendPacket _ -> PACKET;
            case VrrpEffect.AnnounceAddresses(_, var addresses) ->
                    FRAME.multipliedBy(addresses.size());
            case VrrpEffect.RunScript _ -> PROCESS;
            case VrrpEffect.BlockAddresses _,
                    VrrpEffect.UnblockAddresses _,
                    VrrpEffect.ClaimAddresses _,
                    VrrpEffect.ReleaseAddresses _,
                    VrrpEffect.ClaimRouting _,
                    VrrpEffect.ReleaseRouting _ ->
                    Duration.ZERO;
            case VrrpEffect.Fact _ -> LINE;
        };
    }

    /// What it takes beside other things.
    static Duration inParts(VrrpEffect effect) {
        int orders =
                switch (effect) {
                    // One transaction, however many there are.
                    case VrrpEffect.BlockAddresses _, VrrpEffect.UnblockAddresses _ -> 1;
                    case VrrpEffect.ClaimAddresses(_, var addresses) -> addresses.size();
                    case VrrpEffect.ReleaseAddresses(_, var addresses) -> addresses.size();
                    case VrrpEffect.ClaimRouting(_, var routing) -> routing.size();
                    case VrrpEffect.ReleaseRouting(_, var routing) -> routing.size();
                    case VrrpEffect.SendPacket _,
                            VrrpEffect.AnnounceAddresses _,
                            VrrpEffect.RunScript _,
                            VrrpEffect.Fact _ ->
                            0;
                };
        return orders == 0 ? Duration.ZERO : ORDER.multipliedBy(orders);
    }
}
