package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a virtual router is told to be. Valid by construction; the configuration reader reports bad
/// input long before it gets here.
///
/// @param vrid 1 to 255
/// @param place where adverts live
/// @param source the configured source address; otherwise the interface's own is used
/// @param addresses advertised and owned by a master, in the order they are advertised
/// @param excluded owned by a master, not advertised; may be of the other family
/// @param accept whether a master that is no owner talks to people under its addresses
/// @param routing what steers packets while it is master, routes before rules
/// @param skipAddressCheck the addresses of a master already heard are not compared again
/// @param promoteSecondaries when an address of the interface goes, the next of its prefix stays
public record VrrpSpec(
        String name,
        int vrid,
        Version version,
        Family family,
        Place place,
        Transport transport,
        Optional<IpAddress> source,
        Election election,
        Timing timing,
        Authentication authentication,
        List<VirtualAddress> addresses,
        List<VirtualAddress> excluded,
        boolean accept,
        List<Routing> routing,
        boolean skipAddressCheck,
        boolean promoteSecondaries,
        Announcing announcing,
        Tracking tracking,
        Notifying notifying,
        Conduct conduct) {

    public VrrpSpec {
        if (vrid < 1 || vrid > 255) {
            throw new IllegalArgumentException("vrid out of range: " + vrid);
        }
        addresses = List.copyOf(addresses);
        excluded = List.copyOf(excluded);
        routing = List.copyOf(routing);
    }

    /// Two specs of one key are the same virtual router, whatever they are called.
    ///
    /// @param own the interface made for it; another one is another router
    public record Key(
            int vrid,
            Family family,
            Optional<String> interfaceName,
            Optional<VirtualLink> own,
            Optional<IpAddress> group) {

        /// The same for routers that would be one to their neighbours.
        public Key onTheWire() {
            return new Key(vrid, family, interfaceName, Optional.empty(), group);
        }

        // Written out: what a record brings along is made anew at each start of the JVM.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && vrid == that.vrid
                    && family == that.family
                    && interfaceName.equals(that.interfaceName)
                    && own.equals(that.own)
                    && group.equals(that.group);
        }

        @Override
        public int hashCode() {
            return (vrid * 31 + interfaceName.hashCode()) * 31 + group.hashCode();
        }
    }

    /// The identity of this router across reloads.
    public Key key() {
        return new Key(
                vrid,
                family,
                place.interfaceName(),
                place.own(),
                transport instanceof Transport.Multicast(var group) ? Optional.of(group) : source);
    }

    /// The configured interface; empty only for unicast with a configured source.
    public Optional<String> interfaceName() {
        return place.interfaceName();
    }

    /// Whether packets to the addresses of a master are for it: an owner's always are
    /// (RFC 9568, section 6.1).
    public boolean accepts() {
        return accept || isOwner();
    }

    /// The same router, to be changed into another.
    public VrrpSpecDraft draft() {
        return new VrrpSpecDraft(this);
    }

    public boolean isOwner() {
        return election.priority().value() == Priority.OWNER.value();
    }
}
