package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.ScriptFinished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What interfaces, addresses, and scripts do to roles and priorities.
class TrackingStoryTest {

    private static final VrrpSpec HUNDRED = Specs.v2(100).spec();

    private static Story master(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).until(4_000).skip();
    }

    private static VrrpSpec tracking(String interfaceName, Weight weight) {
        return Specs.v2(100)
                .with(
                        new Tracking(
                                true, List.of(new Tracking.Item(interfaceName, weight)), List.of()))
                .spec();
    }

    private static NodeSpec scripted(Weight weight, int rise, int fall, boolean initFail) {
        TrackScriptSpec script =
                new TrackScriptSpec(
                        "check",
                        new ScriptSpec(List.of("/bin/check"), new Identity("root", 0, 0)),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        rise,
                        fall,
                        initFail);
        Tracking tracking =
                new Tracking(true, List.of(), List.of(new Tracking.Item("check", weight)));
        return new NodeSpec(
                List.of(Specs.v2(100).with(tracking).spec()),
                List.of(),
                List.of(script),
                Duration.ZERO);
    }

    private static Story results(NodeSpec spec, boolean... successes) {
        Story story = new Story(spec);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        for (int i = 0; i < successes.length; i++) {
            story.at(1_000L * i, new ScriptFinished("check", i + 1L, successes[i]));
        }
        return story;
    }

    @Test
    void anInterfaceNeverHeardOfKeepsTheRouterInInit() {
        Story story = new Story(HUNDRED);
        story.at(0, Story.up("eth1", "192.0.2.7"));

        story.reads(
                """
                0ms eth1 is up
                next never
                """);
    }

    @Test
    void aMissingInterfaceIsAFaultThatHeals() {
        Story story = new Story(HUNDRED);
        story.at(0, new LinkGone("eth0"));
        story.at(1_000, Story.up("eth0", "192.0.2.7"));

        story.reads(
                """
                0ms LinkGone[name=eth0]
                  release a 192.0.2.100/32
                  a faults [INTERFACE_MISSING eth0]
                  a INIT -> FAULT FAULT_RAISED 100
                1000ms eth0 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 4609.375ms
                """);
    }

    @Test
    void aMasterWhoseInterfaceGoesDownResignsOnce() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.down("eth0", "192.0.2.7", "192.0.2.100"));
        story.at(4_200, Story.down("eth0", "192.0.2.7"));
        story.at(5_000, Story.up("eth0", "192.0.2.7"));

        story.reads(
                """
                4100ms eth0 is down
                  a faults [INTERFACE_DOWN eth0]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> FAULT FAULT_RAISED 100
                4200ms eth0 is down
                5000ms eth0 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 8609.375ms
                """);
    }

    @Test
    void theOwnInterfaceNeedNotCount() {
        Story story = master(Specs.v2(100).with(Tracking.NOTHING).spec());
        story.at(4_100, Story.down("eth0", "192.0.2.7", "192.0.2.100"));

        story.reads(
                """
                4100ms eth0 is down
                next 4609.375ms
                """);
    }

    @Test
    void withoutAnAddressOfItsOwnARouterCannotSpeak() {
        Story story = new Story(HUNDRED);
        story.at(0, Story.up("eth0", "192.0.2.100"));
        story.at(1_000, Story.up("eth0", "192.0.2.100", "192.0.2.7"));

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a faults [NO_SOURCE_ADDRESS eth0]
                  a INIT -> FAULT FAULT_RAISED 100
                1000ms eth0 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 4609.375ms
                """);
    }

    // Conforms: 9568-source6
    @Test
    void aRouterOfIpv6SpeaksFromItsLinkLocalAddress() {
        VrrpSpec spec =
                Specs.v3(100)
                        .with(new Transport.Multicast(Specs.GROUP6), Optional.empty(), Family.INET6)
                        .with(List.of(Specs.address("fe80::100")))
                        .spec();
        Story story = new Story(spec);
        story.at(0, Story.up("eth0", "2001:db8::7", "fe80::100"));
        story.at(1_000, Story.up("eth0", "2001:db8::7", "fe80::100", "fe80::7"));

        story.reads(
                """
                0ms eth0 is up
                  release a fe80::100/128
                  a faults [NO_SOURCE_ADDRESS eth0]
                  a INIT -> FAULT FAULT_RAISED 100
                1000ms eth0 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 4609.375ms
                """);
    }

    @Test
    void aTrackedInterfaceWithoutAWeightIsAFault() {
        Story story = new Story(tracking("eth1", Weight.FAULT));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(0, Story.up("eth1"));
        story.at(100, Story.down("eth1"));
        story.at(200, Story.up("eth1"));

        story.reads(
                """
                0ms eth0 is up
                0ms eth1 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                100ms eth1 is down
                  a faults [TRACKED_INTERFACE eth1]
                  a BACKUP -> FAULT FAULT_RAISED 100
                200ms eth1 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 3809.375ms
                """);
    }

    @Test
    void aChangeOfPriorityShiftsTheWait() {
        Story story = new Story(tracking("eth1", new Weight(-50, false)));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(0, Story.up("eth1"));
        story.at(1_000, Story.down("eth1"));

        story.reads(
                """
                0ms eth0 is up
                0ms eth1 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                1000ms eth1 is down
                  PriorityChanged[instance=a, role=BACKUP, from=100, to=50]
                next 3804.687ms
                """);
    }

    // Conforms: 9568-priority-backup, 3768-priority-backup
    @Test
    void thePriorityStaysBelowTheOwnersAndAboveZero() {
        Story high = new Story(tracking("eth1", new Weight(254, false)));
        high.at(0, Story.up("eth0", "192.0.2.7")).at(0, Story.up("eth1")).skip();
        Story low = new Story(tracking("eth1", new Weight(-254, false)));
        low.at(0, Story.up("eth0", "192.0.2.7")).at(0, Story.down("eth1"));
        high.at(1, Story.down("eth1"));

        high.reads(
                """
                1ms eth1 is down
                  PriorityChanged[instance=a, role=BACKUP, from=254, to=100]
                next 3609.375ms
                """);
        low.reads(
                """
                0ms eth0 is up
                0ms eth1 is down
                  PriorityChanged[instance=a, role=INIT, from=100, to=1]
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 1
                next 3996.093ms
                """);
    }

    @Test
    void theFirstResultOfAScriptDecidesByItself() {
        Story story = results(scripted(Weight.FAULT, 3, 3, false), true);

        story.reads(
                """
                0ms DeadlineReached
                  run check #1
                0ms eth0 is up
                0ms ScriptFinished[script=check, run=1, success=true]
                  ScriptTurned[script=check, good=true]
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                next 1000ms
                """);
    }

    @Test
    void aScriptThatFailsAtFirstIsAFaultAtOnce() {
        Story story = results(scripted(Weight.FAULT, 2, 3, false), false, true, true);

        story.reads(
                """
                0ms DeadlineReached
                  run check #1
                0ms eth0 is up
                0ms ScriptFinished[script=check, run=1, success=false]
                  ScriptTurned[script=check, good=false]
                  release a 192.0.2.100/32
                  a faults [TRACKED_SCRIPT check]
                  a INIT -> FAULT FAULT_RAISED 100
                1000ms DeadlineReached
                  run check #2
                1000ms ScriptFinished[script=check, run=2, success=true]
                2000ms DeadlineReached
                  run check #3
                2000ms ScriptFinished[script=check, run=3, success=true]
                  ScriptTurned[script=check, good=true]
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 3000ms
                """);
    }

    @Test
    void aScriptTurnsBadAfterSoManyFailuresInARow() {
        Story story =
                results(scripted(new Weight(-30, false), 1, 2, false), true, false, true, false)
                        .skip();
        story.at(4_000, new ScriptFinished("check", 5, false));

        story.reads(
                """
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                4000ms DeadlineReached
                  run check #5
                4000ms ScriptFinished[script=check, run=5, success=false]
                  ScriptTurned[script=check, good=false]
                  PriorityChanged[instance=a, role=MASTER, from=100, to=70]
                next 4609.375ms
                """);
    }

    @Test
    void aScriptMayBeBadUntilProvenGood() {
        Story story = results(scripted(Weight.FAULT, 2, 2, true), true, true);

        story.reads(
                """
                0ms DeadlineReached
                  run check #1
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a faults [TRACKED_SCRIPT check]
                  a INIT -> FAULT FAULT_RAISED 100
                0ms ScriptFinished[script=check, run=1, success=true]
                1000ms DeadlineReached
                  run check #2
                1000ms ScriptFinished[script=check, run=2, success=true]
                  ScriptTurned[script=check, good=true]
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 2000ms
                """);
    }

    @Test
    void anAnswerOfAnEarlierRunIsIgnored() {
        Story story = results(scripted(Weight.FAULT, 1, 1, false), true).skip();
        story.at(1_100, new ScriptFinished("check", 1, false));

        story.reads(
                """
                1000ms DeadlineReached
                  run check #2
                1100ms ScriptFinished[script=check, run=1, success=false]
                next 2000ms
                """);
    }
}
