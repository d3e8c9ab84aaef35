package holdfast.vrrp;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who becomes master, and when.
class ElectionStoryTest {

    private static final String PEER = "192.0.2.2";
    private static final String HIGH_PEER = "192.0.2.9";
    private static final VrrpSpec HUNDRED = Specs.v2(100).spec();

    /// A router at 192.0.2.7 that has been a backup since 0 ms.
    private static Story backup(VrrpSpec spec) {
        return new Story(spec).at(0, Story.up("eth0", "192.0.2.7")).skip();
    }

    /// The same at 4,000 ms, master by then.
    private static Story master(VrrpSpec spec) {
        return backup(spec).until(4_000).skip();
    }

    // Conforms: 9568-backup-timer, 3768-start-other, 3768-skew, 3768-down, 3768-backup-timer
    @Test
    void aLonelyRouterBecomesMasterAfterThreeIntervalsAndTheSkew() {
        Story story = new Story(HUNDRED);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.until(3_700);

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                next 4609.375ms
                """);
    }

    // Conforms: 9568-skew
    @Test
    void theSkewOfVersion3FollowsTheInterval() {
        Story story = backup(Specs.v3(200).with(new Timing(Duration.ofMillis(100), 3)).spec());
        story.until(330);

        story.reads(
                """
                321.875ms DeadlineReached
                  send a prio 200 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 200
                next 421.875ms
                """);
    }

    @Test
    void theNumberOfAdvertsThatMayBeMissedCanBeSet() {
        Story story = backup(Specs.v2(100).with(new Timing(Duration.ofSeconds(1), 5)).spec());

        story.reads(
                """
                next 5609.375ms
                """);
    }

    @Test
    void whoWantsToBeMasterWaitsOneIntervalAtFirst() {
        Story story = backup(Specs.v2(100).with(election(100, true, true, 0)).spec());

        story.reads(
                """
                next 1003.906ms
                """);
    }

    // Conforms: 3768-backup-follow
    @Test
    void anAdvertOfAnEqualStartsTheWaitAnew() {
        Story story = backup(HUNDRED);
        story.at(3_000, Story.advert(HUNDRED, 100, PEER));

        story.reads(
                """
                3000ms PacketReceived from 192.0.2.2 prio 100
                next 6609.375ms
                """);
    }

    // Conforms: 9568-backup-discard, 3768-backup-discard
    @Test
    void aWeakerAdvertDoesNotExtendTheWait() {
        Story story = backup(HUNDRED);
        story.at(3_000, Story.advert(HUNDRED, 99, PEER));
        story.until(3_700);

        story.reads(
                """
                3000ms PacketReceived from 192.0.2.2 prio 99
                3609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER PREEMPTED_WEAKER 100
                next 4609.375ms
                """);
    }

    // Conforms: 9568-backup-follow, 3768-backup-follow
    @Test
    void withoutPreemptionAWeakerMasterIsFollowed() {
        Story story = backup(Specs.v2(100).with(election(100, false, false, 0)).spec());
        story.at(3_000, Story.advert(HUNDRED, 1, PEER));

        story.reads(
                """
                3000ms PacketReceived from 192.0.2.2 prio 1
                next 6609.375ms
                """);
    }

    @Test
    void aPreemptDelayBearsAWeakerMasterForAWhile() {
        VrrpSpec spec = Specs.v2(100).with(election(100, false, true, 4)).spec();
        Story story = backup(spec);
        story.at(1_000, Story.advert(spec, 50, PEER));
        story.at(4_000, Story.advert(spec, 50, PEER));
        story.at(5_000, Story.advert(spec, 50, PEER));
        story.until(8_000);

        story.reads(
                """
                1000ms PacketReceived from 192.0.2.2 prio 50
                4000ms PacketReceived from 192.0.2.2 prio 50
                5000ms PacketReceived from 192.0.2.2 prio 50
                7609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER PREEMPTED_WEAKER 100
                next 8609.375ms
                """);
    }

    @Test
    void aStrongerAdvertCancelsThePreemptDelay() {
        VrrpSpec spec = Specs.v2(100).with(election(100, false, true, 4)).spec();
        Story story = backup(spec);
        story.at(1_000, Story.advert(spec, 50, PEER));
        story.at(4_000, Story.advert(spec, 150, HIGH_PEER));
        story.at(5_000, Story.advert(spec, 50, PEER));

        story.reads(
                """
                1000ms PacketReceived from 192.0.2.2 prio 50
                4000ms PacketReceived from 192.0.2.9 prio 150
                5000ms PacketReceived from 192.0.2.2 prio 50
                next 8609.375ms
                """);
    }

    // Conforms: 3768-backup-zero
    @Test
    void aResignationShortensTheWaitToTheSkew() {
        Story story = backup(HUNDRED);
        story.at(500, Story.advert(HUNDRED, 0, PEER));
        story.until(1_200);

        story.reads(
                """
                500ms PacketReceived from 192.0.2.2 prio 0
                1109.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_RESIGNED 100
                next 2109.375ms
                """);
    }

    // Conforms: 9568-receive-interval, 9568-backup-follow
    @Test
    void aBackupOfVersion3LearnsTheIntervalOfItsMaster() {
        VrrpSpec slow = Specs.v3(150).with(new Timing(Duration.ofSeconds(4), 3)).spec();
        Story story = backup(Specs.v3(100).spec());
        story.at(1_000, Story.advert(slow, 150, PEER));

        story.reads(
                """
                1000ms PacketReceived from 192.0.2.2 prio 150
                  Mismatch[instance=a, source=192.0.2.2, kind=INTERVAL, detail=4000ms]
                next 15437.500ms
                """);
    }

    @Test
    void aMasterOfVersion3ReckonsWithItsOwnIntervalAgain() {
        VrrpSpec slow = Specs.v3(150).with(new Timing(Duration.ofSeconds(4), 3)).spec();
        Story story = backup(Specs.v3(100).spec());
        story.at(1_000, Story.advert(slow, 150, PEER));
        story.until(16_000).skip();
        story.at(16_000, Story.advert(Specs.v3(150).spec(), 150, PEER));

        story.reads(
                """
                16000ms PacketReceived from 192.0.2.2 prio 150
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 19609.375ms
                """);
    }

    // Conforms: 9568-master-timer, 3768-master-timer
    @Test
    void aMasterAdvertisesEachInterval() {
        Story story = master(HUNDRED);
        story.until(6_000);

        story.reads(
                """
                4609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                5609.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                next 6609.375ms
                """);
    }

    // Conforms: 9568-master-zero, 3768-master-zero
    @Test
    void aMasterAnswersAResignation() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.advert(HUNDRED, 0, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 0
                  send a prio 100 to 224.0.0.18 ttl 255
                next 5100ms
                """);
    }

    // Conforms: 3768-master-outranked
    @Test
    void aMasterYieldsToAStrongerOneWithoutResigning() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.advert(HUNDRED, 101, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 101
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 7709.375ms
                """);
    }

    // Conforms: 9568-master-tie, 3768-master-tie
    @Test
    void aMasterYieldsToAnEqualWithAHigherAddress() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.advert(HUNDRED, 100, HIGH_PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.9 prio 100
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 7709.375ms
                """);
    }

    // Conforms: 9568-master-weaker, 9568-master-tie, 3768-master-tie
    @Test
    void aMasterAnswersAnEqualWithALowerAddress() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.advert(HUNDRED, 100, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 100
                  HeardWeaker[instance=a, source=192.0.2.2, priority=100]
                  send a prio 100 to 224.0.0.18 ttl 255
                next 5100ms
                """);
    }

    @Test
    void anEqualWithOurOwnAddressIsOnlyToldAndOnlyOnce() {
        Story story = master(HUNDRED);
        story.at(4_100, Story.advert(HUNDRED, 100, "192.0.2.7"));
        story.at(4_200, Story.advert(HUNDRED, 100, "192.0.2.7"));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.7 prio 100
                  Mismatch[instance=a, source=192.0.2.7, kind=SAME_ADDRESS_AS_OURS, detail=]
                4200ms PacketReceived from 192.0.2.7 prio 100
                next 4609.375ms
                """);
    }

    // Conforms: 3768-master-weaker
    @Test
    void aWeakerAdvertMayGoUnanswered() {
        Election quiet =
                new Election(new Priority(100), false, true, Duration.ZERO, true, false, false);
        Story story = master(Specs.v2(100).with(quiet).spec());
        story.at(4_100, Story.advert(HUNDRED, 50, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 50
                  HeardWeaker[instance=a, source=192.0.2.2, priority=50]
                next 4609.375ms
                """);
    }

    @Test
    void aStrongerAdvertMayBeAnsweredOnceBeforeYielding() {
        Election polite =
                new Election(new Priority(100), false, true, Duration.ZERO, false, true, false);
        Story story = master(Specs.v2(100).with(polite).spec());
        story.at(4_100, Story.advert(HUNDRED, 150, PEER));

        story.reads(
                """
                4100ms PacketReceived from 192.0.2.2 prio 150
                  send a prio 100 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP OUTRANKED 100
                next 7709.375ms
                """);
    }

    // Conforms: 9568-priority-zero, 9568-master-shutdown, 3768-priority-zero,
    // 3768-master-shutdown
    @Test
    void stoppingResignsAndReleases() {
        Story story = master(HUNDRED);
        story.at(4_000, new VrrpEvent.StopRequested());
        story.at(5_000, Story.advert(HUNDRED, 150, PEER));

        story.reads(
                """
                4000ms StopRequested[]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> STOP STOPPED 100
                5000ms PacketReceived from 192.0.2.2 prio 150
                next never
                """);
    }

    @Test
    void anAddressTakenAwayCostsTheMastershipForTheSkew() {
        Story story = master(HUNDRED);
        story.at(4_100, new VrrpEvent.AddressTakenAway("eth0", Specs.ip("192.0.2.100")));
        story.until(4_800);

        story.reads(
                """
                4100ms AddressTakenAway[interfaceName=eth0, address=192.0.2.100]
                  send a prio 0 to 224.0.0.18 ttl 255
                  release a 192.0.2.100/32
                  a MASTER -> BACKUP ADDRESS_TAKEN_AWAY 100
                4709.375ms DeadlineReached
                  send a prio 100 to 224.0.0.18 ttl 255
                  claim a 192.0.2.100/32
                  announce a 192.0.2.100/32
                  a BACKUP -> MASTER MASTER_SILENT 100
                next 5709.375ms
                """);
    }

    @Test
    void duringTheStartUpDelayNoAdvertCountsAndNoTimerRuns() {
        NodeSpec spec =
                new NodeSpec(List.of(HUNDRED), List.of(), List.of(), Duration.ofSeconds(10));
        Story story = new Story(spec);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(9_000, Story.advert(HUNDRED, 150, PEER));

        story.reads(
                """
                0ms eth0 is up
                  release a 192.0.2.100/32
                  a INIT -> BACKUP STARTED 100
                9000ms PacketReceived from 192.0.2.2 prio 150
                  PacketDropped[instance=a, source=192.0.2.2, reason=NOT_LISTENING]
                next 13609.375ms
                """);
    }

    @Test
    void earlyAndRepeatedDeadlinesDoNothing() {
        Story story = master(HUNDRED);
        story.at(4_100, new VrrpEvent.DeadlineReached());
        story.at(4_100, new VrrpEvent.DeadlineReached());

        story.reads(
                """
                4100ms DeadlineReached
                4100ms DeadlineReached
                next 4609.375ms
                """);
    }

    private static Election election(
            int priority, boolean wantsMaster, boolean preempt, int delaySeconds) {
        return new Election(
                new Priority(priority),
                wantsMaster,
                preempt,
                Duration.ofSeconds(delaySeconds),
                false,
                false,
                false);
    }
}
