package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.routing.RouteTraits;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.Election;
import holdfast.vrrp.Hearing;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Pacing;
import holdfast.vrrp.Priority;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.Statics;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Timing;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Transport;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import holdfast.vrrp.Watching;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The orders of routers that belong together, drawn from few values so that ties are common.
///
/// @param grouped whether all instances of a router form one sync group
/// @param restlessness for which a link must be down or up until that counts
/// @param preempts whether the strongest takes over in the end, for all routers alike
record Cluster(
        int size,
        int instances,
        Version version,
        Family family,
        boolean unicast,
        boolean grouped,
        boolean preempts,
        Duration preemptDelay,
        Duration interval,
        List<Tracking.Item> scripts,
        List<Tracking.Item> interfaces,
        List<Tracking.Item> files,
        List<Tracking.Item> processes,
        Duration restlessness,
        boolean wantMaster,
        List<Integer> priorities,
        Optional<Integer> ownership) {

    static final String MAIN = "eth0";
    static final String OTHER = "eth1";

    static final String FILE = "number";
    static final String PROCESS = "daemon";

    private static final String SCRIPT = "probe";
    private static final List<Integer> PRIORITIES = List.of(50, 100, 100, 150);

    static Cluster from(World world) {
        int size = 2 + world.below(3);
        Family family = world.oneIn(4) ? Family.INET6 : Family.INET;
        Version version =
                family == Family.INET6 ? Version.V3 : world.anyOf(List.of(Version.V2, Version.V3));
        boolean grouped = world.oneIn(3);
        boolean preempts = !world.oneIn(4);
        // Weights let the members of a group wish for different things; that is no group.
        Weight weight =
                world.anyOf(
                        grouped
                                ? List.of(Weight.FAULT)
                                : List.of(
                                        Weight.FAULT,
                                        new Weight(60, false),
                                        new Weight(-60, false),
                                        new Weight(30, true)));
        return new Cluster(
                size,
                1 + world.below(3),
                version,
                family,
                world.oneIn(4),
                grouped,
                preempts,
                preempts && world.oneIn(6) ? Duration.ofSeconds(4) : Duration.ZERO,
                world.anyOf(
                        version == Version.V2
                                ? List.of(Duration.ofSeconds(1), Duration.ofSeconds(2))
                                : List.of(Duration.ofMillis(500), Duration.ofSeconds(1))),
                world.oneIn(3) ? List.of(new Tracking.Item(SCRIPT, weight)) : List.of(),
                world.oneIn(3) ? List.of(new Tracking.Item(OTHER, weight)) : List.of(),
                world.oneIn(3) ? List.of(new Tracking.Item(FILE, weight)) : List.of(),
                world.oneIn(3) ? List.of(new Tracking.Item(PROCESS, weight)) : List.of(),
                world.oneIn(4) ? Duration.ofMillis(500) : Duration.ZERO,
                preempts && world.oneIn(4),
                IntStream.range(0, size).mapToObj(_ -> world.anyOf(PRIORITIES)).toList(),
                preempts && world.oneIn(5) ? Optional.of(world.below(size)) : Optional.empty());
    }

    /// The address of a router, higher for later ones.
    IpAddress address(int router) {
        return switch (family) {
            case INET -> Ipv4Address.of(192, 0, 2, router + 1);
            case INET6 -> new Ipv6Address(0xfe80L << 48, router + 1);
        };
    }

    NodeSpec spec(int router) {
        boolean owner = ownership.equals(Optional.of(router));
        int priority = owner ? Priority.OWNER.value() : priorities.get(router);
        List<VrrpSpec> specs =
                IntStream.rangeClosed(1, instances)
                        .mapToObj(vrid -> instance(router, vrid, election(priority)))
                        .toList();
        List<SyncGroupSpec> groups =
                grouped
                        ? List.of(
                                new SyncGroupSpec(
                                        "all",
                                        specs.stream().map(VrrpSpec::name).toList(),
                                        Tracking.NOTHING,
                                        false,
                                        Notifying.NOBODY))
                        : List.of();
        return new NodeSpec(
                specs,
                groups,
                List.of(script()),
                Duration.ZERO,
                Pacing.FREE,
                Hearing.USUAL,
                watching(),
                Statics.NONE);
    }

    private Watching watching() {
        TrackProcessSpec process =
                new TrackProcessSpec(
                        PROCESS,
                        new ProcessPattern(PROCESS, List.of(), ProcessPattern.Match.NAME),
                        Weight.FAULT,
                        1,
                        Optional.of(2),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(2));
        LinkWatchSpec link = new LinkWatchSpec(MAIN, Optional.empty(), restlessness, restlessness);
        return new Watching(
                List.of(new TrackFileSpec(FILE, "/run/number", Optional.empty())),
                List.of(process),
                restlessness.isZero() ? List.of() : List.of(link));
    }

    /// The same orders with other priorities; the owner stays the owner.
    NodeSpec reprioritized(World world, NodeSpec from) {
        int priority = world.anyOf(PRIORITIES);
        List<VrrpSpec> specs = new ArrayList<>();
        for (VrrpSpec spec : from.instances()) {
            specs.add(spec.isOwner() ? spec : withElection(spec, election(priority)));
        }
        return new NodeSpec(
                specs,
                from.groups(),
                from.scripts(),
                from.startupDelay(),
                from.pacing(),
                from.hearing(),
                from.watching(),
                from.statics());
    }

    private Election election(int priority) {
        return new Election(
                new Priority(priority),
                wantMaster || priority == Priority.OWNER.value(),
                preempts,
                priority == Priority.OWNER.value() ? Duration.ZERO : preemptDelay,
                false,
                false,
                false);
    }

    private VrrpSpec instance(int router, int vrid, Election election) {
        return VrrpSpecDraft.plain("vi" + vrid, vrid, MAIN)
                .version(version)
                .family(family)
                .transport(transport(router))
                .source(unicast ? Optional.of(address(router)) : Optional.empty())
                .election(election)
                .timing(new Timing(interval, 3))
                .addresses(List.of(virtualAddress(vrid)))
                .accept(vrid % 2 == 1)
                .routing(routing(vrid))
                .tracking(new Tracking(true, interfaces, scripts, files, processes))
                .done();
    }

    /// A route for every instance, so that what holds for addresses is seen to hold for routes.
    private List<Routing> routing(int vrid) {
        RouteTraits traits =
                RouteTraits.of(
                        RouteTraits.RTN_UNICAST,
                        RouteTraits.RTPROT_KEEPALIVED,
                        RouteTraits.RT_TABLE_MAIN,
                        0);
        RouteSpec.Way way =
                new RouteSpec.Way(
                        Optional.of(MAIN), Optional.empty(), 1, false, Optional.empty(), 0);
        return List.of(
                new RouteSpec(
                        IpPrefix.host(Ipv4Address.of(198, 51, 100, vrid)),
                        Optional.empty(),
                        traits,
                        Optional.empty(),
                        List.of(way),
                        RouteSpec.Placing.PREPEND,
                        true));
    }

    private static VrrpSpec withElection(VrrpSpec spec, Election election) {
        return spec.draft().election(election).done();
    }

    private Transport transport(int router) {
        if (!unicast) {
            return Transport.Multicast.usual(family);
        }
        List<Transport.Peer> peers =
                IntStream.range(0, size)
                        .filter(other -> other != router)
                        .mapToObj(other -> new Transport.Peer(address(other), 0, 255))
                        .toList();
        return new Transport.Unicast(peers, 255, true);
    }

    private VirtualAddress virtualAddress(int vrid) {
        IpAddress address =
                switch (family) {
                    case INET -> Ipv4Address.of(192, 0, 2, 100 + vrid);
                    case INET6 -> new Ipv6Address(0xfe80L << 48, 0x100 + vrid);
                };
        return VirtualAddress.plain(IpPrefix.host(address), MAIN);
    }

    private static TrackScriptSpec script() {
        return new TrackScriptSpec(
                SCRIPT,
                new ScriptSpec(List.of("/bin/probe"), new Identity("root", 0, 0)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                2,
                2,
                false);
    }
}
