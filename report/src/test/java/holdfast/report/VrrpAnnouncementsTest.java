package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Ipv4Address;
import holdfast.vrrp.Cause;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpEffect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VrrpAnnouncementsTest {

    private final Audience audience = audience(Examples.everything(true));

    private static Audience audience(Notifying notifying) {
        Audience audience = new Audience();
        audience.expect(
                new NodeSpec(
                        List.of(Examples.instance(notifying)),
                        List.of(
                                new SyncGroupSpec(
                                        "G 1",
                                        List.of("VI_1"),
                                        Tracking.NOTHING,
                                        false,
                                        notifying)),
                        List.of(),
                        Duration.ZERO));
        return audience;
    }

    private static VrrpEffect becomes(Role from, Role to) {
        return new VrrpEffect.RoleChanged("VI_1", from, to, Cause.STARTED, 102);
    }

    private static String told(VrrpEffect fact, Audience audience) {
        Announcement said = VrrpAnnouncements.of(fact, audience);
        return said.scripts() + (said.last() ? " last " : " ") + said.fifoLine().replace("\n", "$");
    }

    @Test
    void aStateHasItsOwnScriptAndThenTheGeneralOneHearsAllAboutIt() {
        assertEquals(
                "[/m a, /n x INSTANCE VI_1 MASTER 102] INSTANCE \"VI_1\" MASTER 102$",
                told(becomes(Role.BACKUP, Role.MASTER), audience));
        assertEquals(
                "[/b, /n x INSTANCE VI_1 BACKUP 102] INSTANCE \"VI_1\" BACKUP 102$",
                told(becomes(Role.INIT, Role.BACKUP), audience));
        assertEquals(
                "[/f, /n x INSTANCE VI_1 FAULT 102] INSTANCE \"VI_1\" FAULT 102$",
                told(becomes(Role.MASTER, Role.FAULT), audience));
        assertEquals(
                "[/s, /n x INSTANCE VI_1 STOP 102] last INSTANCE \"VI_1\" STOP 102$",
                told(becomes(Role.MASTER, Role.STOP), audience));
    }

    @Test
    void aRemovedInstanceIsDeletedOnlyForThoseWhoAskedForThatWord() {
        assertEquals(
                "[/d, /n x INSTANCE VI_1 DELETED 102] last INSTANCE \"VI_1\" DELETED 102$",
                told(becomes(Role.MASTER, Role.DELETED), audience));
        Audience others = audience(Examples.everything(false));
        assertEquals(
                "[/f, /n x INSTANCE VI_1 FAULT 102] last INSTANCE \"VI_1\" FAULT 102$",
                told(becomes(Role.MASTER, Role.DELETED), others));
        assertTrue(
                VrrpAnnouncements.of(becomes(Role.FAULT, Role.DELETED), others).isEmpty(),
                "it was FAULT already");
    }

    @Test
    void aGroupHasNoPriority() {
        assertEquals(
                "[/m a, /n x GROUP G 1 MASTER 0] GROUP \"G 1\" MASTER 0$",
                told(new VrrpEffect.GroupRoleChanged("G 1", Role.BACKUP, Role.MASTER), audience));
    }

    @Test
    void prioritiesAreForPipesAndForThoseWhoAsked() {
        VrrpEffect change = new VrrpEffect.PriorityChanged("VI_1", Role.BACKUP, 100, 90);
        assertEquals("[] INSTANCE \"VI_1\" BACKUP_PRIORITY 90$", told(change, audience));
        assertTrue(VrrpAnnouncements.of(change, audience(Notifying.NOBODY)).isEmpty());
        assertTrue(
                VrrpAnnouncements.of(
                                new VrrpEffect.PriorityChanged("VI_1", Role.FAULT, 100, 90),
                                audience)
                        .isEmpty());
    }

    @Test
    void aWeakerAdvertIsToldWithOurOwnPriority() {
        audience.hear(new VrrpEffect.PriorityChanged("VI_1", Role.MASTER, 100, 95));
        VrrpEffect heard = new VrrpEffect.HeardWeaker("VI_1", Ipv4Address.of(10, 0, 0, 2), 50);
        assertEquals("[/w] INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 95$", told(heard, audience));
    }

    @Test
    void aNameThatAReloadRemovedIsStillKnownForItsLastWords() {
        audience.expect(NodeSpec.EMPTY);
        assertEquals(
                "[/d, /n x INSTANCE VI_1 DELETED 102] last INSTANCE \"VI_1\" DELETED 102$",
                told(becomes(Role.BACKUP, Role.DELETED), audience));
    }

    @Test
    void statesAreToldAgainWithThePriorityOfNow() {
        NodeSpec spec =
                new NodeSpec(
                        List.of(Examples.instance(Notifying.NOBODY)),
                        List.of(
                                new SyncGroupSpec(
                                        "G 1",
                                        List.of("VI_1"),
                                        Tracking.NOTHING,
                                        false,
                                        Notifying.NOBODY)),
                        List.of(),
                        Duration.ZERO);
        assertEquals(List.of(), VrrpAnnouncements.states(spec, audience));
        audience.hear(becomes(Role.INIT, Role.BACKUP));
        audience.hear(new VrrpEffect.PriorityChanged("VI_1", Role.BACKUP, 102, 90));
        audience.hear(new VrrpEffect.GroupRoleChanged("G 1", Role.INIT, Role.BACKUP));
        assertEquals(
                List.of("INSTANCE \"VI_1\" BACKUP 90\n", "GROUP \"G 1\" BACKUP 0\n"),
                VrrpAnnouncements.states(spec, audience));
    }
}
