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
/// @param arpInterval least gap between two gratuitous ARPs on one interface
/// @param naInterval least gap between two unsolicited NAs on one interface
public record Announcing(
        int repeat,
        Duration delay,
        Duration refresh,
        int refreshRepeat,
        int lowerPriorityRepeat,
        Duration lowerPriorityDelay,
        Duration arpInterval,
        Duration naInterval) {

    public static final Announcing DEFAULT =
            new Announcing(
                    5,
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    1,
                    5,
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    Duration.ZERO);
}
