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
                VrrpSpecDraft.plain("a", 1, "eth0")
                        .version(version)
                        .election(Election.of(priority))
                        .addresses(List.of(address("192.0.2.100")))
                        .announcing(QUIET)
                        .done());
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
        return new Specs(spec.draft().name(name).vrid(vrid).place(Place.on(interfaceName)).done());
    }

    Specs with(Transport transport, Optional<IpAddress> source, Family family) {
        return new Specs(spec.draft().transport(transport).source(source).family(family).done());
    }

    Specs with(Election election, Timing timing, Authentication authentication) {
        return with(election).with(timing).with(authentication);
    }

    Specs with(List<VirtualAddress> addresses, Announcing announcing, Tracking tracking) {
        return with(addresses).with(announcing).with(tracking);
    }

    Specs with(List<Routing> routing, boolean promoteSecondaries) {
        return new Specs(
                spec.draft().routing(routing).promoteSecondaries(promoteSecondaries).done());
    }

    Specs with(boolean accept) {
        return new Specs(spec.draft().accept(accept).done());
    }

    Specs with(Conduct conduct) {
        return new Specs(spec.draft().conduct(conduct).done());
    }

    Specs with(Election election) {
        return new Specs(spec.draft().election(election).done());
    }

    Specs with(Timing timing) {
        return new Specs(spec.draft().timing(timing).done());
    }

    Specs with(Authentication authentication) {
        return new Specs(spec.draft().authentication(authentication).done());
    }

    Specs with(List<VirtualAddress> addresses) {
        return new Specs(spec.draft().addresses(addresses).done());
    }

    Specs with(Announcing announcing) {
        return new Specs(spec.draft().announcing(announcing).done());
    }

    Specs with(Tracking tracking) {
        return new Specs(spec.draft().tracking(tracking).done());
    }
}
