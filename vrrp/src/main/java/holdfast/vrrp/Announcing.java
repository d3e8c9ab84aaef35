package holdfast.vrrp;

import java.time.Duration;

/// When a master says by gratuitous ARP and unsolicited NA where its addresses are.
///
/// @param repeat messages per block and address when becoming master, at least 1
/// @param delay until the second block; zero for none
/// @param refresh period while master; zero for none
/// @param refreshRepeat messages per refresh
/// @param lowerPriorityRepeat messages per block after a weaker advert; 0 for none
/// @param lowerPriorityDelay until the second such block
/// @param elsewhere for interfaces that have addresses but no adverts
public record Announcing(
        int repeat,
        Duration delay,
        Duration refresh,
        int refreshRepeat,
        int lowerPriorityRepeat,
        Duration lowerPriorityDelay,
        Elsewhere elsewhere) {

    /// One message now and then on each interface that has addresses of the router but is not the
    /// one that its adverts leave through: nothing else keeps switches from forgetting its MAC.
    ///
    /// @param period zero for never
    /// @param everywhere on other kinds of interfaces than those with a virtual MAC too
    public record Elsewhere(Duration period, boolean everywhere) {

        public static final Elsewhere NEVER = new Elsewhere(Duration.ZERO, false);
    }

    public static final Announcing DEFAULT =
            new Announcing(
                    5,
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    1,
                    5,
                    Duration.ofSeconds(5),
                    Elsewhere.NEVER);
}
