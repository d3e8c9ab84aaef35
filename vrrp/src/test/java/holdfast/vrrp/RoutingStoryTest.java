package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import holdfast.vrrp.VrrpEvent.AddressTakenAway;
import holdfast.vrrp.VrrpEvent.Respecified;
import holdfast.vrrp.VrrpEvent.RoutingTakenAway;
import holdfast.vrrp.VrrpEvent.StaticPlaced;
import holdfast.vrrp.VrrpEvent.StopRequested;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Routes and rules go with the master; static things are there from start to stop.
class RoutingStoryTest {

    private static final Routing ROUTE = route("198.51.100.0", true);
    private static final Routing OTHER = route("203.0.113.0", true);
    private static final Routing UNTRACKED = route("203.0.114.0", false);
    private static final Routing RULE =
            new RuleSpec(
                    new Rule(
                            Family.INET,
                            100,
                            Rule.Match.between(Optional.empty(), Optional.empty()),
                            Rule.Action.lookUp(100),
                            RouteTraits.RTPROT_KEEPALIVED),
                    true);

    private static Routing route(String destination, boolean tracked) {
        return new RouteSpec(
                new IpPrefix(Specs.ip(destination), 24),
                Optional.empty(),
                RouteTraits.of(
                        RouteTraits.RTN_UNICAST,
                        RouteTraits.RTPROT_KEEPALIVED,
                        RouteTraits.RT_TABLE_MAIN,
                        0),
                Optional.empty(),
                List.of(),
                RouteSpec.Placing.PREPEND,
                tracked);
    }

    private static VrrpSpec spec(Routing... routing) {
        return Specs.v2(100).with(List.of(routing), false).spec();
    }

    private static NodeSpec node(VrrpSpec spec, Statics statics) {
        return new NodeSpec(
                List.of(spec),
                List.of(),
                List.of(),
                Duration.ZERO,
                Pacing.FREE,
                Hearing.USUAL,
                Watching.NOTHING,
                statics);
    }

    private static Statics statics(Routing... routing) {
        return new Statics(List.of(Specs.address("192.0.2.200")), List.of(routing), List.of());
    }

    private static Story master(Routing... routing) {
        return new Story(spec(routing)).at(0, Story.up("eth0", "192.0.2.7")).until(4_000).skip();
    }

    @Test
    void whatIsLeftGoesFirstAndAMasterOwnsAddressesThenRoutesThenRules() {
        Story story = new Story(spec(ROUTE, RULE));
        story.at(0, Story.up("eth0", "192.0.2.7")).until(4_000);
        story.at(4_000, new StopRequested());

        story.reads(
                """
                0ms eth0 is up
                  release a rule:100 route:198.51.100.0/24
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  claim a route:198.51.100.0/24 rule:100
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                4000ms StopRequested[]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a rule:100 route:198.51.100.0/24
                  release a 192.0.2.100/32
                  a MASTER -> STOP STOPPED 100
                next never
                """);
    }

    @Test
    void aMasterThatLosesARouteResignsAndWaitsForTheSkew() {
        Story story = master(ROUTE, RULE);
        story.at(4_000, new RoutingTakenAway(ROUTE));

        story.reads(
                """
                4000ms RoutingTakenAway route:198.51.100.0/24
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a rule:100 route:198.51.100.0/24
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP ROUTING_TAKEN_AWAY 100
                next 4609.375ms
                """);
    }

    @Test
    void aRouteThatIsNotTrackedMayGo() {
        Story story = master(UNTRACKED);
        story.at(4_000, new RoutingTakenAway(UNTRACKED));
        story.at(4_001, new RoutingTakenAway(OTHER));

        story.reads(
                """
                4000ms RoutingTakenAway route:203.0.114.0/24
                4001ms RoutingTakenAway route:203.0.113.0/24
                next 4609.375ms
                """);
    }

    @Test
    void onlyTheDifferenceIsCarriedOut() {
        Story story = master(ROUTE, RULE);
        story.at(4_000, new Respecified(Specs.node(spec(OTHER, RULE))));

        story.reads(
                """
                4000ms Respecified
                  release a route:198.51.100.0/24
                  claim a route:203.0.113.0/24
                next 4609.375ms
                """);
    }

    @Test
    void aMasterWithAnotherNameReleasesTheRoutesThatItClaimed() {
        Story story = master(ROUTE, RULE);
        VrrpSpec renamed = spec(ROUTE, OTHER).draft().name("z").done();
        story.at(4_000, new Respecified(Specs.node(renamed)));
        story.at(4_100, new StopRequested());

        story.reads(
                """
                4000ms Respecified
                  release a rule:100
                  claim z 192.0.2.100/32
                  release a 192.0.2.100/32
                  claim z route:198.51.100.0/24
                  release a route:198.51.100.0/24
                  claim z route:203.0.113.0/24
                4100ms StopRequested[]
                  send z prio 0 to 224.0.0.18 ttl 255
                  release z route:203.0.113.0/24 route:198.51.100.0/24
                  release z 192.0.2.100/32
                  z MASTER -> STOP STOPPED 100
                next never
                """);
    }

    @Test
    void aBackupTouchesNothingWhenItsRoutesChange() {
        Story story = new Story(spec(ROUTE)).at(0, Story.up("eth0", "192.0.2.7")).skip();
        story.at(1_000, new Respecified(Specs.node(spec(OTHER, RULE))));

        story.reads(
                """
                1000ms Respecified
                next 3609.375ms
                """);
    }

    @Test
    void staticThingsAreThereFromStartToStop() {
        Story story = new Story(node(spec(), statics(ROUTE, RULE)));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(100, new StopRequested());

        story.reads(
                """
                0ms eth0 is up
                  claim  192.0.2.200/32
                  claim  route:198.51.100.0/24 rule:100
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                100ms StopRequested[]
                  a BACKUP -> STOP STOPPED 100
                  release  rule:100 route:198.51.100.0/24
                  release  192.0.2.200/32
                next never
                """);
    }

    @Test
    void whatSomebodyRemovesIsPutBack() {
        Story story =
                new Story(node(spec(), statics(ROUTE, UNTRACKED)))
                        .at(0, Story.up("eth0", "192.0.2.7"))
                        .skip();
        story.at(100, new RoutingTakenAway(ROUTE));
        story.at(200, new RoutingTakenAway(UNTRACKED));
        story.at(300, new AddressTakenAway("eth0", Specs.ip("192.0.2.200")));
        story.at(400, new AddressTakenAway("eth1", Specs.ip("192.0.2.200")));

        story.reads(
                """
                100ms RoutingTakenAway route:198.51.100.0/24
                  claim  route:198.51.100.0/24
                200ms RoutingTakenAway route:203.0.114.0/24
                300ms AddressTakenAway[interfaceName=eth0, address=192.0.2.200]
                  claim  192.0.2.200/32
                  claim  route:198.51.100.0/24
                400ms AddressTakenAway[interfaceName=eth1, address=192.0.2.200]
                next 3609.375ms
                """);
    }

    @Test
    void aReloadTouchesOnlyTheStaticThingsThatChange() {
        Story story =
                new Story(node(spec(), statics(ROUTE, RULE)))
                        .at(0, Story.up("eth0", "192.0.2.7"))
                        .skip();
        story.at(100, new Respecified(node(spec(), statics(ROUTE, RULE))));
        story.at(200, new Respecified(node(spec(), statics(OTHER, RULE))));
        story.at(300, new Respecified(node(spec(), Statics.NONE)));

        story.reads(
                """
                100ms Respecified
                200ms Respecified
                  release  route:198.51.100.0/24
                  claim  route:203.0.113.0/24
                300ms Respecified
                  release  rule:100 route:203.0.113.0/24
                  release  192.0.2.200/32
                next 3609.375ms
                """);
    }

    @Test
    void whoReliesOnAStaticRouteIsInFaultWhileItIsMissing() {
        Statics statics =
                new Statics(
                        List.of(),
                        List.of(ROUTE, OTHER),
                        List.of(new Statics.Reliance("g", List.of("a"), List.of(ROUTE))));
        Story story = new Story(node(spec(), statics)).at(0, Story.up("eth0", "192.0.2.7"));
        story.at(1, new StaticPlaced(OTHER, false));
        story.at(2, new StaticPlaced(ROUTE, false));
        story.at(3, new StaticPlaced(ROUTE, false));
        story.at(4, new StaticPlaced(ROUTE, true));

        story.reads(
                """
                0ms eth0 is up
                  claim  route:198.51.100.0/24 route:203.0.113.0/24
                1ms route:203.0.113.0/24 cannot be placed
                2ms route:198.51.100.0/24 cannot be placed
                  release a 192.0.2.100/32
                  a faults [STATIC_MISSING g]
                  a INIT -> FAULT FAULT_RAISED 100
                3ms route:198.51.100.0/24 cannot be placed
                4ms route:198.51.100.0/24 is placed
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 3613.375ms
                """);
    }

    @Test
    void whoComesToRelyOnAStaticRouteThatIsThereNeedNotWaitForIt() {
        Statics before = new Statics(List.of(), List.of(ROUTE), List.of());
        Statics after =
                new Statics(
                        List.of(),
                        List.of(ROUTE),
                        List.of(new Statics.Reliance("g", List.of("a"), List.of(ROUTE))));
        Story story =
                new Story(
                        new NodeSpec(
                                List.of(),
                                List.of(),
                                List.of(),
                                Duration.ZERO,
                                Pacing.FREE,
                                Hearing.USUAL,
                                Watching.NOTHING,
                                before));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(1, new StaticPlaced(ROUTE, true));
        story.at(2, new Respecified(node(spec(), after)));

        story.reads(
                """
                0ms eth0 is up
                  claim  route:198.51.100.0/24
                1ms route:198.51.100.0/24 is placed
                2ms Respecified
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                next 3611.375ms
                """);
    }
}
