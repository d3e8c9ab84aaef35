package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VrrpSpec;
import java.util.Optional;

/// What makes two instances the same one through a reload, whatever they are called; worked out
/// without the core's help.
///
/// @param by the group that it speaks to, or the address that it speaks from
record Identity(
        int vrid, Family family, String card, Optional<VirtualLink> own, Optional<IpAddress> by) {

    static Identity of(VrrpSpec spec) {
        return new Identity(
                spec.vrid(),
                spec.family(),
                spec.interfaceName().orElse(""),
                spec.place().own(),
                switch (spec.transport()) {
                    case Transport.Multicast(var group) -> Optional.of(group);
                    case Transport.Unicast _ -> spec.source();
                });
    }
}
