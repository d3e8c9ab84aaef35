package holdfast.daemon.firewall;

import holdfast.net.IpAddress;
import java.util.List;

/// An interface with a virtual MAC address, as packets that leave through it see it.
///
/// @param index of the interface
/// @param base the index of the one below
/// @param inet whether it carries IPv4
/// @param inet6 whether it carries IPv6
/// @param borrowed addresses of the base that it sends from, and does not answer for
public record Macvlan(int index, int base, boolean inet, boolean inet6, List<IpAddress> borrowed) {

    public Macvlan {
        borrowed = List.copyOf(borrowed);
    }
}
