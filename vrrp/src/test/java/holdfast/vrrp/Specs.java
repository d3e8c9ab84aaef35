package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Orders for tests: one plain router, and how others differ from it.
record Specs(VrrpSpec spec) {

    static final IpAddress GROUP4 = ip("224.0.0.18");
    static final IpAddress GROUP6 = ip("ff02::12");

    /// A version 2 router `a` on eth0 with VRID 1.
    static Specs v2(int priority) {
        return of(Version.V2, priority);
    }

    /// A version 3 router `a` on eth0 with VRID 1.
    static Specs v3(int priority) {
        return of(Version.V3, priority);
    }

    private static Specs of(Version version, int priority) {
        return new Specs(
                new VrrpSpec(
                        "a",
                        1,
                        version,
                        Family.INET,
                        Optional.of("eth0"),
                        new Transport.Multicast(GROUP4),
                        Optional.empty(),
                        Election.of(priority),
                        Timing.DEFAULT,
                        new Authentication.None(),
                        List.of(address("192.0.2.100")),
                        List.of(),
                        true,
                        List.of(),
                        false,
                        false,
                        QUIET,
                        Tracking.PRIMARY,
                        Notifying.NOBODY,
                        Conduct.USUAL));
    }

    /// One announcement at the takeover, and none later.
    static final Announcing QUIET =
            new Announcing(
                    1,
                    Duration.ZERO,
                    Duration.ZERO,
                    1,
                    0,
                    Duration.ZERO,
                    Announcing.Elsewhere.NEVER);

    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static VirtualAddress address(String text) {
        return VirtualAddress.plain(IpPrefix.host(ip(text)), "eth0");
    }

    static NodeSpec node(VrrpSpec... specs) {
        return new NodeSpec(List.of(specs), List.of(), List.of(), Duration.ZERO);
    }

    /// Where a router that sends to one of this spec sends.
    static IpAddress destination(VrrpSpec spec) {
        return switch (spec.transport()) {
            case Transport.Multicast(var group) -> group;
            case Transport.Unicast _ -> spec.source().orElseThrow();
        };
    }

    Specs named(String name, int vrid, String interfaceName) {
        return new Specs(
                new VrrpSpec(
                        name,
                        vrid,
                        spec.version(),
                        spec.family(),
                        Optional.of(interfaceName),
                        spec.transport(),
                        spec.source(),
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        spec.addresses(),
                        spec.excluded(),
                        spec.accept(),
                        spec.routing(),
                        spec.skipAddressCheck(),
                        spec.promoteSecondaries(),
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying(),
                        spec.conduct()));
    }

    Specs with(Transport transport, Optional<IpAddress> source, Family family) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        family,
                        spec.interfaceName(),
                        transport,
                        source,
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        spec.addresses(),
                        spec.excluded(),
                        spec.accept(),
                        spec.routing(),
                        spec.skipAddressCheck(),
                        spec.promoteSecondaries(),
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying(),
                        spec.conduct()));
    }

    Specs with(Election election, Timing timing, Authentication authentication) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        spec.family(),
                        spec.interfaceName(),
                        spec.transport(),
                        spec.source(),
                        election,
                        timing,
                        authentication,
                        spec.addresses(),
                        spec.excluded(),
                        spec.accept(),
                        spec.routing(),
                        spec.skipAddressCheck(),
                        spec.promoteSecondaries(),
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying(),
                        spec.conduct()));
    }

    Specs with(List<VirtualAddress> addresses, Announcing announcing, Tracking tracking) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        spec.family(),
                        spec.interfaceName(),
                        spec.transport(),
                        spec.source(),
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        addresses,
                        spec.excluded(),
                        spec.accept(),
                        spec.routing(),
                        spec.skipAddressCheck(),
                        spec.promoteSecondaries(),
                        announcing,
                        tracking,
                        spec.notifying(),
                        spec.conduct()));
    }

    Specs with(Conduct conduct) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        spec.family(),
                        spec.interfaceName(),
                        spec.transport(),
                        spec.source(),
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        spec.addresses(),
                        spec.excluded(),
                        spec.accept(),
                        spec.skipAddressCheck(),
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying(),
                        conduct));
    }

    Specs with(boolean accept) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        spec.family(),
                        spec.interfaceName(),
                        spec.transport(),
                        spec.source(),
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        spec.addresses(),
                        spec.excluded(),
                        accept,
                        spec.routing(),
                        spec.skipAddressCheck(),
                        spec.promoteSecondaries(),
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying()));
    }

    Specs with(List<Routing> routing, boolean promoteSecondaries) {
        return new Specs(
                new VrrpSpec(
                        spec.name(),
                        spec.vrid(),
                        spec.version(),
                        spec.family(),
                        spec.interfaceName(),
                        spec.transport(),
                        spec.source(),
                        spec.election(),
                        spec.timing(),
                        spec.authentication(),
                        spec.addresses(),
                        spec.excluded(),
                        spec.accept(),
                        routing,
                        spec.skipAddressCheck(),
                        promoteSecondaries,
                        spec.announcing(),
                        spec.tracking(),
                        spec.notifying(),
                        spec.conduct()));
    }

    Specs with(Election election) {
        return with(election, spec.timing(), spec.authentication());
    }

    Specs with(Timing timing) {
        return with(spec.election(), timing, spec.authentication());
    }

    Specs with(Authentication authentication) {
        return with(spec.election(), spec.timing(), authentication);
    }

    Specs with(List<VirtualAddress> addresses) {
        return with(addresses, spec.announcing(), spec.tracking());
    }

    Specs with(Announcing announcing) {
        return with(spec.addresses(), announcing, spec.tracking());
    }

    Specs with(Tracking tracking) {
        return with(spec.addresses(), spec.announcing(), tracking);
    }
}
