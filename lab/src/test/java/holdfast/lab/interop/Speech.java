package holdfast.lab.interop;

import java.util.Optional;

/// What the routers speak with each other.
enum Speech {
    V2("Version 2"),
    V2_PASS("Version 2 with a password"),
    V2_AH("Version 2 with authentication headers"),
    V3_IPV4("Version 3, IPv4"),
    V3_IPV6("Version 3, IPv6"),
    VMAC("Version 3, IPv4, from virtual MAC addresses"),
    UNICAST_IPV4("Version 3, IPv4, unicast"),
    UNICAST_IPV6("Version 3, IPv6, unicast");

    private final String title;

    Speech(String title) {
        this.title = title;
    }

    int version() {
        return switch (this) {
            case V2, V2_PASS, V2_AH -> 2;
            case V3_IPV4, V3_IPV6, VMAC, UNICAST_IPV4, UNICAST_IPV6 -> 3;
        };
    }

    boolean isIpv6() {
        return this == V3_IPV6 || this == UNICAST_IPV6;
    }

    boolean isUnicast() {
        return this == UNICAST_IPV4 || this == UNICAST_IPV6;
    }

    /// Where a router of the directors has its addresses. FRR always has them on such a device.
    String device() {
        return this == VMAC ? "vrrp.51" : "eth0";
    }

    /// The type of authentication, as the configuration names it.
    Optional<String> authentication() {
        return switch (this) {
            case V2_PASS -> Optional.of("PASS");
            case V2_AH -> Optional.of("AH");
            case V2, V3_IPV4, V3_IPV6, VMAC, UNICAST_IPV4, UNICAST_IPV6 -> Optional.empty();
        };
    }

    /// Why a pair of programs cannot speak like this; empty when it can.
    Optional<String> obstacle(Pair pair) {
        if (!pair.has(Make.FRR)) {
            return Optional.empty();
        }
        if (authentication().isPresent()) {
            return Optional.of("FRR has no authentication");
        }
        return isUnicast() ? Optional.of("FRR has no unicast") : Optional.empty();
    }

    @Override
    public String toString() {
        return title;
    }
}
