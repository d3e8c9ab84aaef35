package holdfast.vrrp;

import holdfast.net.IpAddress;

/// Which checksum the adverts of version 3 over IPv4 have; all others have but one.
public sealed interface ChecksumRule {

    /// With the pseudo header of IPv6 made for IPv4, as RFC 5798, section 5.2.8, was mostly read.
    record Usual() implements ChecksumRule {}

    /// The message alone, as in version 2 (RFC 9568, section 5.2.8).
    record WithoutPseudoHeader() implements ChecksumRule {}

    /// Unicast with the multicast group in place of the destination, as old Keepalived has it.
    record OldUnicast(IpAddress group) implements ChecksumRule {}

    /// Like [Usual] until a peer uses the checksum of [OldUnicast], and like that from then on.
    record Adaptive(IpAddress group) implements ChecksumRule {}
}
