package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Routers on IPVLANs and in VRFs, beside keepalived. Not every kernel has those.
@Tag("ipvs")
class OtherWiresTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String VIP = "10.0.0.100";
    private static final int HEARD_MIN = 20;

    private static String text(int priority, String placing) {
        return """
        vrrp_instance V1 {
          version 3
          virtual_router_id 51
          priority %d
          advert_int 0.1
          %s
          virtual_ipaddress {
            10.0.0.100/24
          }
        }
        """
                .formatted(priority, placing);
    }

    private static Host host(Lab lab, Wire wire, String name, int number) {
        return lab.host(name).plug(wire, "eth0", "10.0.0.%d/24".formatted(number));
    }

    private static void awaitMaster(Daemon daemon) {
        Await.until("it owns " + VIP, LIMIT, () -> daemon.host().owns(VIP), daemon::log);
    }

    private static String ipvlans(Host host) {
        return (host.run("ip", "-o", "-d", "link", "show", "type", "ipvlan")
                        + host.run("ip", "-o", "address"))
                .replaceAll(
                        "(?m)^[0-9]+: | tentative| state (UP|UNKNOWN)|eth0@if[0-9]+"
                                + "|link/ether [0-9a-f:]+",
                        "");
    }

    private static void awaitIpvlans(String expected, Daemon daemon) {
        Host host = daemon.host();
        Await.until(
                "the IPVLANs are as expected",
                LIMIT,
                () -> ipvlans(host).equals(expected),
                () -> expected + "\nis not\n" + ipvlans(host) + daemon.log());
    }

    @ParameterizedTest
    @CsvSource({"bridge", "private", "vepa"})
    void anIpvlanIsThatOfKeepalived(String mode) {
        String placing = "interface eth0\nuse_ipvlan ipv.51 10.0.0.11/24 " + mode;
        try (Lab lab = Lab.open()) {
            Host a = host(lab, lab.wire(), "a", 1);
            Await.until("eth0 has settled", LIMIT, () -> ipvlans(a).contains("eth0    inet6"));
            String before = ipvlans(a);
            Daemon theirs = Daemon.start(Software.KEEPALIVED, a, text(150, placing));
            awaitMaster(theirs);
            String expected = ipvlans(a);
            theirs.stop();
            Daemon ours = Daemon.start(Software.HOLDFAST, a, text(150, placing));
            awaitMaster(ours);
            assertTrue(expected.contains("ipv.51"), expected);
            awaitIpvlans(expected, ours);
            ours.stop();
            awaitIpvlans(before, ours);
        }
    }

    @ParameterizedTest
    @CsvSource({"KEEPALIVED,HOLDFAST", "HOLDFAST,KEEPALIVED", "HOLDFAST,HOLDFAST"})
    void ipvlansHearEachOther(Software better, Software other) {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = host(lab, wire, "a", 1);
            Host b = host(lab, wire, "b", 2);
            Daemon master =
                    Daemon.start(
                            better, a, text(150, "interface eth0\nuse_ipvlan 10.0.0.11/24 bridge"));
            awaitMaster(master);
            Daemon backup =
                    Daemon.start(
                            other, b, text(100, "interface eth0\nuse_ipvlan 10.0.0.12/24 bridge"));
            backup.awaitLog("(V1) Entering BACKUP", LIMIT);
            awaitPatience(b);
            assertFalse(b.owns(VIP), backup.log());
            master.stop();
            awaitMaster(backup);
            backup.stop();
        }
    }

    /// Many times as long as it would take without hearing.
    private static void awaitPatience(Host host) {
        try (Capture adverts = Capture.start(host, "eth0", "ip proto 112")) {
            Await.until("adverts", LIMIT, () -> adverts.packets().size() > HEARD_MIN);
        }
    }

    private static Host inVrf(Host host) {
        host.run("ip", "link", "add", "red", "type", "vrf", "table", "10");
        host.run("ip", "link", "set", "red", "up");
        host.run("ip", "link", "set", "eth0", "master", "red");
        return host;
    }

    /// An interface follows its base into a VRF, and adverts pass there.
    @Test
    void aVmacLivesInTheVrfOfItsBase() {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = inVrf(host(lab, wire, "a", 1));
            Host b = inVrf(host(lab, wire, "b", 2));
            Daemon master =
                    Daemon.start(Software.HOLDFAST, a, text(150, "interface eth0\nuse_vmac"));
            awaitMaster(master);
            assertTrue(
                    a.run("ip", "link", "show", "dev", "vrrp.51").contains("master red"),
                    master.log());
            assertTrue(a.run("ip", "route", "show", "table", "10").contains("dev vrrp.51"));
            Daemon backup =
                    Daemon.start(Software.HOLDFAST, b, text(100, "interface eth0\nuse_vmac"));
            backup.awaitLog("(V1) Entering BACKUP", LIMIT);
            awaitPatience(b);
            assertFalse(b.owns(VIP), backup.log());

            a.run("ip", "link", "set", "eth0", "nomaster");
            Await.until(
                    "the VMAC has left the VRF too",
                    LIMIT,
                    () -> !a.run("ip", "link", "show", "dev", "vrrp.51").contains("master red"),
                    master::log);
            master.stop();
            awaitMaster(backup);
            backup.stop();
        }
    }

    /// Without an interface, adverts go where the routes of the VRF say.
    @Test
    void unicastWithoutAnInterfaceGoesThroughTheVrf() {
        try (Lab lab = Lab.open()) {
            Wire wire = lab.wire();
            Host a = inVrf(host(lab, wire, "a", 1));
            Host b = inVrf(host(lab, wire, "b", 2));
            Daemon master = Daemon.start(Software.HOLDFAST, a, unicast(150, 1, 2));
            awaitMaster(master);
            Daemon backup = Daemon.start(Software.HOLDFAST, b, unicast(100, 2, 1));
            backup.awaitLog("(V1) Entering BACKUP", LIMIT);
            awaitPatience(b);
            assertFalse(b.owns(VIP), backup.log());
            master.stop();
            awaitMaster(backup);
            backup.stop();
        }
    }

    private static String unicast(int priority, int here, int there) {
        String placing =
                """
                vrf red
                unicast_src_ip 10.0.0.%d
                unicast_peer {
                  10.0.0.%d
                }
                """
                        .formatted(here, there);
        return text(priority, placing).replace("10.0.0.100/24", "10.0.0.100/24 dev eth0");
    }
}
