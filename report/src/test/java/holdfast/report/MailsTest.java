package holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEffect;
import holdfast.balance.BalanceSpec;
import holdfast.balance.CheckerId;
import holdfast.balance.CheckerSpec;
import holdfast.balance.Forwarding;
import holdfast.balance.Protocol;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.Scheduler;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import holdfast.probe.Connection;
import holdfast.probe.ProbeSpec;
import holdfast.report.mail.Mail;
import holdfast.report.mail.MailRules;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.Cause;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpEffect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The words of every mail, letter by letter.
class MailsTest {

    private static final MailRules RULES = new MailRules("lb1", false, false);
    private static final ServiceKey.Single WEB =
            new ServiceKey.Address(Protocol.TCP, new Endpoint(Ipv4Address.of(192, 0, 2, 1), 80));
    private static final Endpoint HOST = new Endpoint(Ipv4Address.of(10, 0, 0, 5), 8080);
    private static final ProbeSpec TCP = new ProbeSpec.Tcp(Connection.to(HOST));
    private static final ProbeSpec SCRIPT =
            new ProbeSpec.Script(Examples.script("/check"), Duration.ofSeconds(5), false);
    private static final QuorumSpec QUORUM =
            new QuorumSpec(2, 1, Optional.empty(), Optional.empty());

    private final Audience audience = new Audience();
    private final BalanceMails balance = new BalanceMails();

    MailsTest() {
        hear(false);
        balance.expect(new BalanceSpec(List.of(service(false)), false, true));
    }

    private void hear(boolean deletedToo) {
        Notifying wanted = wanted(deletedToo);
        SyncGroupSpec group =
                new SyncGroupSpec("G", List.of("VI_1"), Tracking.NOTHING, false, wanted);
        audience.expect(
                new NodeSpec(
                        List.of(Examples.instance(wanted)),
                        List.of(group),
                        List.of(),
                        Duration.ZERO));
    }

    private static Notifying wanted(boolean deletedToo) {
        Optional<ScriptSpec> none = Optional.empty();
        return new Notifying(none, none, none, none, none, none, deletedToo, none, true, false);
    }

    private static VirtualServerSpec service(boolean alpha) {
        RealServerSpec server =
                new RealServerSpec(
                        HOST,
                        1,
                        new Forwarding.Nat(),
                        false,
                        0,
                        0,
                        List.of(checker(TCP, alpha), checker(SCRIPT, alpha)),
                        Optional.empty(),
                        Optional.empty(),
                        true);
        return new VirtualServerSpec(
                WEB,
                Scheduler.plain("rr"),
                Optional.empty(),
                List.of(server),
                Optional.empty(),
                QUORUM,
                false,
                false,
                true);
    }

    private static CheckerSpec checker(ProbeSpec probe, boolean alpha) {
        Duration second = Duration.ofSeconds(1);
        return new CheckerSpec(probe, second, second, 0, second, second, alpha, false);
    }

    private String instance(Role from, Role to, MailRules rules) {
        return text(
                VrrpMails.of(
                        new VrrpEffect.RoleChanged("VI_1", from, to, Cause.STARTED, 100),
                        audience,
                        rules));
    }

    private String group(Role from, Role to) {
        return text(VrrpMails.of(new VrrpEffect.GroupRoleChanged("G", from, to), audience, RULES));
    }

    private String turned(ProbeSpec probe, boolean up, String reason, MailRules rules) {
        CheckerId id = new CheckerId(WEB, HOST, 0);
        return text(balance.of(new BalanceEffect.CheckTurned(id, probe, up, reason, false), rules));
    }

    private String server(boolean up) {
        RealServerSpec spec = service(false).servers().getFirst();
        return text(balance.of(new BalanceEffect.ServerTurned(WEB, spec, up, true), RULES));
    }

    private String quorum(boolean up, long weight) {
        return text(balance.of(new BalanceEffect.QuorumChanged(WEB, QUORUM, up, weight, 1), RULES));
    }

    private static String text(Optional<Mail> mail) {
        return mail.map(it -> it.subject() + " | " + it.body()).orElse("none");
    }

    @Test
    void virtualRouters() {
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Entering MASTER state"
                        + " | => VRRP Instance is now owning VRRP VIPs <=",
                instance(Role.BACKUP, Role.MASTER, RULES));
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Entering BACKUP state"
                        + " | => VRRP Instance is no longer owning VRRP VIPs <=",
                instance(Role.MASTER, Role.BACKUP, RULES));
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Entering FAULT state"
                        + " | => VRRP Instance is no longer owning VRRP VIPs <=",
                instance(Role.MASTER, Role.FAULT, RULES));
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Stopping | => VRRP Instance stopping <=",
                instance(Role.MASTER, Role.STOP, RULES));
    }

    @Test
    void removedRouters() {
        assertEquals("none", instance(Role.FAULT, Role.DELETED, RULES));
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Entering FAULT state"
                        + " | => VRRP Instance is no longer owning VRRP VIPs <=",
                instance(Role.MASTER, Role.DELETED, RULES));
        hear(true);
        assertEquals(
                "[lb1] VRRP Instance VI_1 - Deleted | => VRRP Deleted at reload <=",
                instance(Role.FAULT, Role.DELETED, RULES));
    }

    @Test
    void faultsCanBeLeftOutAndStrangersGetNothing() {
        MailRules noFaults = new MailRules("lb1", true, false);
        assertEquals("none", instance(Role.MASTER, Role.FAULT, noFaults));
        VrrpEffect stranger =
                new VrrpEffect.RoleChanged("VI_2", Role.BACKUP, Role.MASTER, Cause.STARTED, 100);
        assertEquals("none", text(VrrpMails.of(stranger, audience, RULES)));
    }

    @Test
    void groups() {
        assertEquals(
                "[lb1] VRRP Group G - Entering MASTER state"
                        + " | => All VRRP group instances are now in MASTER state <=",
                group(Role.BACKUP, Role.MASTER));
        assertEquals(
                "[lb1] VRRP Group G - Stopping | => All VRRP group instances are now stopping <=",
                group(Role.BACKUP, Role.STOP));
    }

    @Test
    void checksSayWhatTheyFound() {
        String server = "[lb1] Realserver [10.0.0.5]:tcp:8080 of virtual server [192.0.2.1]:tcp:80";
        assertEquals("none", turned(TCP, true, "", RULES), "trusted before");
        assertEquals(
                server + " - DOWN | => TCP CHECK failed on service <=",
                turned(TCP, false, "connection refused", RULES));
        assertEquals("none", server(false), "said by the check");
        assertEquals(
                server + " - DOWN | => MISC CHECK timed out on service <=",
                turned(SCRIPT, false, "still running after 5 s", RULES));
        assertEquals(
                server + " - DOWN | => TCP CHECK succeed on service <=",
                turned(TCP, true, "", RULES));
        assertEquals(
                server + " - UP | => MISC CHECK succeeded on service <=",
                turned(SCRIPT, true, "", RULES));
        assertEquals(server + " - DOWN | => Shutting down <=", server(false));
    }

    @Test
    void checksCanBeMentionedOnlyWhenTheirServerTurns() {
        MailRules quiet = new MailRules("lb1", false, true);
        turned(TCP, false, "", quiet);
        assertEquals("none", turned(SCRIPT, false, "exit status 1", quiet));
        assertEquals("none", turned(TCP, true, "", quiet));
        assertEquals(
                "[lb1] Realserver [10.0.0.5]:tcp:8080 of virtual server [192.0.2.1]:tcp:80 - UP"
                        + " | => MISC CHECK succeeded on service <=",
                turned(SCRIPT, true, "", quiet));
    }

    @Test
    void alphaServersComeUpByTheirChecks() {
        balance.expect(new BalanceSpec(List.of(service(true)), false, true));
        assertEquals("none", turned(TCP, false, "", RULES));
        turned(TCP, true, "", RULES);
        assertEquals(
                "[lb1] Realserver [10.0.0.5]:tcp:8080 of virtual server [192.0.2.1]:tcp:80 - UP"
                        + " | => MISC CHECK succeeded on service <=",
                turned(SCRIPT, true, "", RULES));
    }

    @Test
    void removedServersAndQuorum() {
        RealServerSpec gone = service(false).servers().getFirst();
        assertEquals(
                "[lb1] Realserver [10.0.0.5]:tcp:8080 of virtual server [192.0.2.1]:tcp:80 - DOWN"
                        + " | => Removing <=",
                text(balance.of(new BalanceEffect.ServerRemoved(WEB, gone), RULES)));
        assertEquals(
                "[lb1] Virtualserver [192.0.2.1]:tcp:80 - UP | => Starting with quorum up <=",
                quorum(true, 3));
        assertEquals(
                "[lb1] Virtualserver [192.0.2.1]:tcp:80 - DOWN | => Lost quorum 2+1=3 <= 0 <=",
                quorum(false, 0));
        assertEquals(
                "[lb1] Virtualserver [192.0.2.1]:tcp:80 - UP | => Gained quorum 2+1=3 <= 4 <=",
                quorum(true, 4));
    }
}
