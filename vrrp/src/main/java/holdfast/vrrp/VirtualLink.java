package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import java.util.Optional;

/// An interface that a router has made for itself on top of another: a VMAC or an IPVLAN.
///
/// @param name of the interface, unique among all of a host
/// @param base the interface below, as the configuration names it
/// @param family of the addresses it is made for; others may be on it too
/// @param group of interfaces that it joins; empty for that of the base
/// @param touchesBase whether others shall hear of the base anew when this one was made
public record VirtualLink(
        String name,
        String base,
        Family family,
        Kind kind,
        Optional<Integer> group,
        boolean touchesBase) {

    /// What tells its frames from those of the base.
    public sealed interface Kind {

        /// A MAC address of its own (`macvlan`, mode private).
        record Vmac(MacAddress mac) implements Kind {}

        /// Nothing but its addresses (`ipvlan`, layer 2).
        ///
        /// @param address an address of its own, from which its adverts come
        record Ipvlan(Mode mode, Optional<IpPrefix> address) implements Kind {}
    }

    /// Whom an IPVLAN may talk to on its own host; one mode for all on one base.
    public enum Mode {
        BRIDGE,
        PRIVATE,
        VEPA
    }

    public VirtualLink {
        name = name.intern();
    }

    public boolean isVmac() {
        return kind instanceof Kind.Vmac;
    }

    /// The MAC address of a virtual router (RFC 9568, section 7.3).
    public static MacAddress routerMac(Family family, int vrid) {
        long prefix = family == Family.INET ? 0x0000_5e00_0100L : 0x0000_5e00_0200L;
        return new MacAddress(prefix | vrid);
    }
}
