package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.ProcessPattern.Match;
import holdfast.vrrp.VrrpEvent.FileSays;
import holdfast.vrrp.VrrpEvent.ProcessesCounted;
import holdfast.vrrp.VrrpEvent.Respecified;
import holdfast.vrrp.VrrpEvent.ScriptFinished;
import holdfast.vrrp.VrrpEvent.ScriptOverdue;
import holdfast.vrrp.VrrpEvent.SessionIs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What files, processes, hanging scripts and restless interfaces do to roles and priorities.
class TrackersStoryTest {

    private static NodeSpec file(Weight weight) {
        Tracking tracking =
                new Tracking(
                        true,
                        List.of(),
                        List.of(),
                        List.of(new Tracking.Item("f", weight)),
                        List.of());
        return node(
                Specs.v2(100).with(tracking).spec(),
                new Watching(
                        List.of(new TrackFileSpec("f", "/run/f", Optional.empty())),
                        List.of(),
                        List.of()));
    }

    private static TrackProcessSpec web(int least, int most, int forkMillis, int endMillis) {
        return new TrackProcessSpec(
                "web",
                new ProcessPattern("nginx", List.of(), Match.NAME),
                Weight.FAULT,
                least,
                Optional.of(most),
                Duration.ofMillis(forkMillis),
                Duration.ofMillis(endMillis));
    }

    private static NodeSpec process(Weight weight, TrackProcessSpec spec) {
        Tracking tracking =
                new Tracking(
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Tracking.Item("web", weight)));
        return node(
                Specs.v2(100).with(tracking).spec(),
                new Watching(List.of(), List.of(spec), List.of()));
    }

    private static NodeSpec session(Weight weight) {
        Tracking tracking =
                new Tracking(
                        true,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Tracking.Item("peer", weight)));
        return node(Specs.v2(100).with(tracking).spec(), Watching.NOTHING);
    }

    @Test
    void aSessionIsDownUntilItIsHeardOf() {
        Story story = new Story(session(Weight.FAULT));
        story.at(0, new SessionIs("other", true));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(10, new SessionIs("peer", false));
        story.at(20, new SessionIs("peer", true));
        story.at(30, new SessionIs("peer", true));
        story.at(40, new SessionIs("peer", false));

        story.reads(
                """
                0ms SessionIs[session=other, up=true]
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a faults [TRACKED_SESSION peer]
                  a INIT -> FAULT FAULT_RAISED 100
                10ms SessionIs[session=peer, up=false]
                20ms SessionIs[session=peer, up=true]
                  SessionTurned[session=peer, up=true]
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                30ms SessionIs[session=peer, up=true]
                40ms SessionIs[session=peer, up=false]
                  SessionTurned[session=peer, up=false]
                  a faults [TRACKED_SESSION peer]
                  a BACKUP -> FAULT FAULT_RAISED 100
                next never
                """);
    }

    @Test
    void aSessionThatIsTrackedLaterIsKnownAlready() {
        Story story = started(node(Specs.v2(100).spec(), Watching.NOTHING));
        story.at(0, new SessionIs("peer", true));
        story.at(1, new Respecified(session(Weight.FAULT)));
        assertEquals(Role.BACKUP, story.node().status().getFirst().role());
        assertEquals("{peer=true}", story.node().whole().sessions().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "30, false, true, BACKUP, 130",
        "30, false, false, BACKUP, 100",
        "-30, false, true, BACKUP, 100",
        "-30, false, false, BACKUP, 70",
        "30, true, true, BACKUP, 70",
        "-30, true, false, BACKUP, 130",
        "0, true, true, FAULT, 100",
        "0, true, false, BACKUP, 100",
    })
    void aSessionWeighs(int weight, boolean reverse, boolean up, Role role, int priority) {
        Story story = started(session(new Weight(weight, reverse)));
        story.at(1, new SessionIs("peer", !up));
        story.at(2, new SessionIs("peer", up));
        InstanceStatus status = story.node().status().getFirst();
        assertEquals(role, status.role());
        assertEquals(priority, status.priority());
    }

    private static NodeSpec delayed(int downMillis, int upMillis) {
        return node(
                Specs.v2(100).spec(),
                new Watching(
                        List.of(),
                        List.of(),
                        List.of(
                                new LinkWatchSpec(
                                        "eth0",
                                        Optional.empty(),
                                        Duration.ofMillis(downMillis),
                                        Duration.ofMillis(upMillis)))));
    }

    private static NodeSpec node(VrrpSpec spec, Watching watching) {
        return new NodeSpec(
                List.of(spec),
                List.of(),
                List.of(),
                Duration.ZERO,
                Pacing.FREE,
                Hearing.USUAL,
                watching,
                Statics.NONE);
    }

    private static Story started(NodeSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).skip();
    }

    @Test
    void aRouterWaitsForTheFirstWordOfAFile() {
        Story story = new Story(file(new Weight(2, false)));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(5, new FileSays("f", 10));
        story.at(5, new FileSays("other", 10));
        story.at(10, new FileSays("f", 10));
        story.at(20, new FileSays("f", 0));

        story.reads(
                """
                0ms eth0 is up
                5ms FileSays[file=f, value=10]
                  FileChanged[file=f, value=10]
                  PriorityChanged[instance=a, role=INIT, from=100, to=120]
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 120
                5ms FileSays[file=other, value=10]
                10ms FileSays[file=f, value=10]
                20ms FileSays[file=f, value=0]
                  FileChanged[file=f, value=0]
                  PriorityChanged[instance=a, role=BACKUP, from=120, to=100]
                next 3614.375ms
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, 30, BACKUP, 130",
        "2, false, 30, BACKUP, 160",
        "-2, false, 30, BACKUP, 40",
        "2, true, 30, BACKUP, 40",
        "1, false, 300, BACKUP, 254",
        "100, false, 2147483647, BACKUP, 254",
        "1, false, -253, BACKUP, 1",
        "1, false, -254, FAULT, 1",
        "1, true, 254, FAULT, 1",
        "1, true, -254, BACKUP, 254",
        "254, false, -2147483648, FAULT, 1",
        "0, false, 0, BACKUP, 100",
        "0, false, 5, FAULT, 100",
        "0, false, -5, FAULT, 100",
        "0, true, 0, FAULT, 100",
        "0, true, 5, BACKUP, 100",
    })
    void aFileTimesItsWeight(int weight, boolean reverse, int value, Role role, int priority) {
        Story story = started(file(new Weight(weight, reverse)));
        story.at(1, new FileSays("f", value));
        InstanceStatus status = story.node().status().getFirst();
        assertEquals(role, status.role());
        assertEquals(priority, status.priority());
    }

    @Test
    void theFirstCountDecidesAtOnceAndLaterOnesWait() {
        Story story = started(process(Weight.FAULT, web(1, 2, 500, 1_000)));
        story.at(0, new ProcessesCounted("web", 1));
        story.at(1_000, new ProcessesCounted("web", 0));
        story.at(1_900, new ProcessesCounted("web", 1));
        story.at(2_000, new ProcessesCounted("web", 3));
        story.until(3_200);
        story.at(3_200, new ProcessesCounted("web", 2));
        story.at(3_600, new ProcessesCounted("web", 0));
        story.at(3_650, new ProcessesCounted("web", 1));
        story.until(4_200);

        story.reads(
                """
                0ms ProcessesCounted[process=web, count=1]
                  ProcessesTurned[process=web, good=true, count=1]
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                1000ms ProcessesCounted[process=web, count=0]
                1900ms ProcessesCounted[process=web, count=1]
                2000ms ProcessesCounted[process=web, count=3]
                3000ms DeadlineReached
                  ProcessesTurned[process=web, good=false, count=3]
                  a faults [TRACKED_PROCESS web]
                  a BACKUP -> FAULT FAULT_RAISED 100
                3200ms ProcessesCounted[process=web, count=2]
                3600ms ProcessesCounted[process=web, count=0]
                3650ms ProcessesCounted[process=web, count=1]
                4150ms DeadlineReached
                  ProcessesTurned[process=web, good=true, count=1]
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 7759.375ms
                """);
    }

    @Test
    void aWeightIsAddedWhileTheNumberIsRight() {
        Story story = started(process(new Weight(-30, false), web(0, 0, 0, 0)));
        story.at(0, new ProcessesCounted("web", 1));
        story.at(100, new ProcessesCounted("web", 0));

        story.reads(
                """
                0ms ProcessesCounted[process=web, count=1]
                  ProcessesTurned[process=web, good=false, count=1]
                  PriorityChanged[instance=a, role=INIT, from=100, to=70]
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 70
                100ms ProcessesCounted[process=web, count=0]
                  ProcessesTurned[process=web, good=true, count=0]
                  PriorityChanged[instance=a, role=BACKUP, from=70, to=100]
                next 3609.375ms
                """);
    }

    @Test
    void aReloadEndsADelayOnlyWhereItIsAnother() {
        NodeSpec spec = process(Weight.FAULT, web(1, 9, 0, 1_000));
        Story story = started(spec);
        story.at(0, new ProcessesCounted("web", 1));
        story.at(100, new ProcessesCounted("web", 0)).skip();
        NodeSpec other = process(new Weight(0, false), web(1, 8, 0, 1_000));
        story.at(500, new Respecified(spec));
        story.at(600, new Respecified(other));

        story.reads(
                """
                500ms Respecified
                600ms Respecified
                  ProcessesTurned[process=web, good=false, count=0]
                  a faults [TRACKED_PROCESS web]
                  a BACKUP -> FAULT FAULT_RAISED 100
                next never
                """);
    }

    @Test
    void otherProcessesCountFromTheirFirstNumberOn() {
        Story story = started(process(Weight.FAULT, web(1, 9, 5_000, 5_000)));
        story.at(0, new ProcessesCounted("web", 1)).skip();
        TrackProcessSpec others =
                new TrackProcessSpec(
                        "web",
                        new ProcessPattern("apache2", List.of(), Match.NAME),
                        Weight.FAULT,
                        1,
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
        story.at(500, new Respecified(process(Weight.FAULT, others)));
        story.at(510, new ProcessesCounted("web", 0));

        story.reads(
                """
                500ms Respecified
                510ms ProcessesCounted[process=web, count=0]
                  ProcessesTurned[process=web, good=false, count=0]
                  a faults [TRACKED_PROCESS web]
                  a BACKUP -> FAULT FAULT_RAISED 100
                next never
                """);
    }

    @Test
    void anInterfaceMustBeDownForAWhile() {
        Story story = started(delayed(500, 200));
        story.at(1_000, Story.down("eth0"));
        story.at(1_300, Story.up("eth0", "192.0.2.7"));
        story.at(1_400, Story.down("eth0"));
        story.until(2_000);
        story.at(2_000, Story.up("eth0", "192.0.2.7"));
        story.at(2_100, Story.down("eth0", "192.0.2.7"));
        story.at(2_150, Story.up("eth0", "192.0.2.7"));
        story.until(2_400);

        story.reads(
                """
                1000ms eth0 is down
                1300ms eth0 is up
                1400ms eth0 is down
                1900ms DeadlineReached
                  a faults [INTERFACE_DOWN eth0]
                  a BACKUP -> FAULT FAULT_RAISED 100
                2000ms eth0 is up
                2100ms eth0 is down
                2150ms eth0 is up
                2350ms DeadlineReached
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 5959.375ms
                """);
    }

    @Test
    void anInterfaceThatIsGoneIsGoneAtOnce() {
        Story story = started(delayed(500, 200));
        story.at(1_000, Story.down("eth0"));
        story.at(1_100, new VrrpEvent.LinkGone("eth0"));
        story.at(1_200, Story.up("eth0", "192.0.2.7"));

        story.reads(
                """
                1000ms eth0 is down
                1100ms LinkGone[name=eth0]
                  a faults [INTERFACE_MISSING eth0]
                  a BACKUP -> FAULT FAULT_RAISED 100
                1200ms eth0 is up
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 4809.375ms
                """);
    }

    @Test
    void aDelayThatIsNoLongerOrderedIsOver() {
        Story story = started(delayed(500, 200));
        story.at(1_000, Story.down("eth0"));
        story.at(1_100, new Respecified(delayed(0, 0)));

        story.reads(
                """
                1000ms eth0 is down
                1100ms Respecified
                  a faults [INTERFACE_DOWN eth0]
                  a BACKUP -> FAULT FAULT_RAISED 100
                next never
                """);
    }

    private static NodeSpec script(int intervalMillis, int fall, String program) {
        TrackScriptSpec script =
                new TrackScriptSpec(
                        "check",
                        new ScriptSpec(List.of(program), new Identity("root", 0, 0)),
                        Duration.ofMillis(intervalMillis),
                        Duration.ofSeconds(1),
                        2,
                        fall,
                        false);
        Tracking tracking =
                new Tracking(true, List.of(), List.of(new Tracking.Item("check", Weight.FAULT)));
        return new NodeSpec(
                List.of(Specs.v2(100).with(tracking).spec()),
                List.of(),
                List.of(script),
                Duration.ZERO);
    }

    @Test
    void aScriptThatHangsFailsAgainAtEachInterval() {
        Story story = started(script(1_000, 3, "/bin/check"));
        story.at(0, new ScriptFinished("check", 1, true)).skip();
        story.until(1_000);
        story.at(2_500, new ScriptOverdue("check", 2));
        story.until(4_100);
        story.at(4_200, new ScriptFinished("check", 2, false));
        story.until(5_000);
        story.at(5_000, new ScriptFinished("check", 3, true));
        story.until(6_000);
        story.at(6_100, new ScriptFinished("check", 4, true));

        story.reads(
                """
                1000ms DeadlineReached
                  run check #2
                2000ms DeadlineReached
                2500ms ScriptOverdue[script=check, run=2]
                3000ms DeadlineReached
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                4000ms DeadlineReached
                  ScriptTurned[script=check, good=false]
                  a faults [TRACKED_SCRIPT check]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> FAULT FAULT_RAISED 100
                4200ms ScriptFinished[script=check, run=2, success=false]
                5000ms DeadlineReached
                  run check #3
                5000ms ScriptFinished[script=check, run=3, success=true]
                6000ms DeadlineReached
                  run check #4
                6100ms ScriptFinished[script=check, run=4, success=true]
                  ScriptTurned[script=check, good=true]
                  a faults []
                  a FAULT -> BACKUP FAULTS_CLEARED 100
                next 7000ms
                """);
    }

    @Test
    void aScriptKeepsItsResultOverAReloadAndAnotherOneDecidesAnew() {
        Story story = started(script(60_000, 3, "/bin/check"));
        story.at(0, new ScriptFinished("check", 1, true)).skip();
        story.at(500, new Respecified(script(1_000, 3, "/bin/check")));
        story.at(1_000, new Respecified(script(1_000, 3, "/bin/other")));
        story.at(1_100, new ScriptFinished("check", 2, false));

        story.reads(
                """
                500ms Respecified
                1000ms Respecified
                1000ms DeadlineReached
                  run check #2
                1100ms ScriptFinished[script=check, run=2, success=false]
                  ScriptTurned[script=check, good=false]
                  a faults [TRACKED_SCRIPT check]
                  a BACKUP -> FAULT FAULT_RAISED 100
                next 2000ms
                """);
    }
}
