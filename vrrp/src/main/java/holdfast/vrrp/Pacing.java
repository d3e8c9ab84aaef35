package holdfast.vrrp;

import holdfast.net.Family;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How fast gratuitous ARPs and unsolicited NAs of a host may follow each other.
///
/// @param arpGap between two ARPs on one interface that no group names; zero for no limit
/// @param naGap the same for NAs
/// @param groups interfaces that share a limit; each interface is in one at most
public record Pacing(Duration arpGap, Duration naGap, List<Group> groups) {

    public static final Pacing FREE = new Pacing(Duration.ZERO, Duration.ZERO, List.of());

    public Pacing {
        groups = List.copyOf(groups);
    }

    /// Interfaces of one switch, which is sent no more than it can take.
    ///
    /// @param arpGap empty if the group is not about ARP
    /// @param naGap empty if the group is not about NA
    public record Group(
            List<String> interfaces, Optional<Duration> arpGap, Optional<Duration> naGap) {

        public Group {
            interfaces = List.copyOf(interfaces);
        }

        Optional<Duration> gap(Family family) {
            return switch (family) {
                case INET -> arpGap;
                case INET6 -> naGap;
            };
        }
    }

    /// The group that limits an interface for a family.
    Optional<Group> group(String interfaceName, Family family) {
        for (Group group : groups) {
            if (group.gap(family).isPresent() && group.interfaces().contains(interfaceName)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /// The limit of an interface without a group.
    Duration gap(Family family) {
        return switch (family) {
            case INET -> arpGap;
            case INET6 -> naGap;
        };
    }
}
