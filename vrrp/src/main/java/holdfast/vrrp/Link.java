package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import java.util.List;
import java.util.Optional;

/// What matters of one interface to virtual routers.
///
/// @param present whether there is such an interface
/// @param up whether it is administratively up and has carrier
/// @param own the addresses that adverts may come from, best first: those that are no virtual
///     address, then those of an owner, which are both
/// @param base the interface whose wire it shares, if it sits on one
record Link(boolean present, boolean up, List<IpAddress> own, Optional<String> base) {

    static final Link GONE = new Link(false, false, List.of(), Optional.empty());

    Link {
        own = List.copyOf(own);
    }

    /// The address to send from; the present one is kept while it is there.
    Optional<IpAddress> source(Family family, Optional<IpAddress> present) {
        if (present.isPresent() && own.contains(present.get())) {
            return present;
        }
        return own.stream()
                .filter(address -> address.family() == family)
                .filter(address -> family == Family.INET || address.isLinkLocal())
                .findFirst();
    }
}
