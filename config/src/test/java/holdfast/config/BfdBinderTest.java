package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.bfd.Authentication;
import holdfast.bfd.Conduct;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.bfd.Timers;
import holdfast.net.IpAddress;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `bfd_instance` as it is written, and who tracks it.
class BfdBinderTest {

    private static String session(String name, String words) {
        return "bfd_instance " + name + " {\nneighbor_ip 10.9.0.2\n" + words + "\n}\n";
    }

    private static BfdOrders orders(String text) {
        return Configurations.load(text).configuration().bfd();
    }

    private static SessionSpec only(String words) {
        return orders(session("B1", words)).spec().sessions().getFirst();
    }

    private static String said(String text) {
        return Configurations.load(text).diagnostics().toString();
    }

    @Test
    void defaultsAreThoseOfTheSpecification() {
        SessionSpec spec = only("");
        assertEquals(
                new SessionSpec(
                        "B1",
                        Path.to(IpAddress.parse("10.9.0.2").orElseThrow()),
                        Timers.DEFAULT,
                        false),
                spec);
        assertEquals(Conduct.USUAL, orders(session("B1", "")).spec().conduct());
        String v6 = "bfd_instance B {\nneighbour_ip fd09::2\n}\n";
        assertEquals(64, orders(v6).spec().sessions().getFirst().path().ttl());
    }

    @Test
    void everyKeywordIsTaken() {
        String words =
                """
                source_ip 10.9.0.1
                min_rx 1.5
                min_tx 20
                idle_tx 2000
                multiplier 3
                passive
                hoplimit 200
                max_hops 7
                multihop
                """;
        SessionSpec spec = only(words);
        assertEquals("[]", said(session("B1", words)));
        assertEquals(
                new Path(
                        IpAddress.parse("10.9.0.2").orElseThrow(),
                        IpAddress.parse("10.9.0.1"),
                        true,
                        200,
                        7),
                spec.path());
        assertEquals(
                new Timers(
                        Duration.ofNanos(1_500_000),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(2),
                        3),
                spec.timers());
        assertTrue(spec.passive());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 255, ''",
        "0, 0, ''",
        "255, 255, ''",
        "'-1\nttl 64', 64, max_hops is more than the ttl; 64 is used",
        "'65\nttl 64', 64, max_hops is more than the ttl; 64 is used",
        "'64\nttl 64', 64, ''",
        "256, 0, 256 is not from -1 to 255",
    })
    void hopsEndAtTheTtl(String words, int expected, String complaint) {
        String text = "max_hops " + words.replace("\\n", "\n");
        assertEquals(expected, only(text).path().maxHops());
        assertTrue(said(session("B1", text)).contains(complaint), said(session("B1", text)));
        assertEquals(complaint.isEmpty(), said(session("B1", text)).equals("[]"));
    }

    @Test
    void sessionsThatCannotBeToldApartAreOne() {
        assertTrue(
                said(session("B1", "") + session("B2", "source_ip 10.9.0.1"))
                        .contains("'B1' has the neighbour 10.9.0.2 already"));
        String apart = session("B1", "source_ip 10.9.0.3") + session("B2", "source_ip 10.9.0.1");
        assertEquals("[]", said(apart));
        assertEquals(2, orders(apart).spec().sessions().size());
        assertEquals("[]", said(session("B1", "") + session("B2", "multihop")));
    }

    @Test
    void slowIntervalsAreNoted() {
        Loaded loaded = Configurations.load(session("B1", "min_rx 10001\nmin_tx 10000"));
        assertEquals(1, loaded.diagnostics().size());
        assertTrue(loaded.diagnostics().toString().contains("min_rx is more than 10 s"));
        assertEquals(0, loaded.exitStatus());
    }

    @ParameterizedTest
    @CsvSource({
        "'', true, true",
        "vrrp, true, false",
        "checker, false, true",
        "'vrrp\nchecker', true, true",
    })
    void whoIsToldMayBeLimited(String words, boolean routers, boolean checkers) {
        BfdOrders orders = orders(session("B1", words.replace("\\n", "\n")));
        assertEquals(routers ? List.of("B1") : List.of(), orders.toVrrp());
        assertEquals(checkers ? List.of("B1") : List.of(), orders.toCheckers());
    }

    @Test
    void weightsComeFromTheSessionOrTheReference() {
        String text =
                session("B1", "weight 10 reverse")
                        + session("B2", "multihop")
                        + session("B3", "checker\nsource_ip 10.9.0.1")
                                .replace("10.9.0.2", "10.9.0.3")
                        + """
                        vrrp_instance VI_1 {
                            interface eth0
                            virtual_router_id 51
                            track_bfd {
                                B1
                                B2 weight -20
                                B3
                                B9
                            }
                            virtual_ipaddress {
                                10.9.0.100/24
                            }
                        }
                        """;
        Loaded loaded = Configurations.load(text);
        Tracking tracking = loaded.configuration().vrrp().instances().getFirst().tracking();
        assertEquals(
                List.of(
                        new Tracking.Item("B1", new Weight(10, true)),
                        new Tracking.Item("B2", new Weight(-20, false))),
                tracking.sessions());
        String said = loaded.diagnostics().toString();
        assertTrue(said.contains("there is no bfd_instance 'B3'"), said);
        assertTrue(said.contains("there is no bfd_instance 'B9'"), said);
        assertTrue(said(text.replace("-20", "-254")).contains("-254 is not from -253 to 253"));
    }

    @Test
    void ourOwnKeywordsAreOffUnlessSaid() {
        String all =
                "global_defs {\nbfd_standard_jitter\nbfd_announce_stop on\nbfd_check_source\n}\n";
        assertEquals(
                new Conduct(true, true, true), orders(all + session("B1", "")).spec().conduct());
    }

    @Test
    void keysAreReadAndNeverShown() {
        String words =
                """
                auth_sha1 {
                    key 0 geheimgeheim
                    key 255 hex:00ff10
                    active_key 255
                    meticulous
                }
                """;
        Authentication.KeyedSha1 sha1 = (Authentication.KeyedSha1) only(words).authentication();
        assertEquals(255, sha1.activeKey());
        assertTrue(sha1.meticulous());
        assertEquals(2, sha1.keys().size());
        assertFalse(sha1.toString().contains("geheim"), sha1.toString());

        for (String wrong :
                List.of(
                        words.replace("active_key 255", "active_key 4"),
                        words.replace("active_key 255\n", "\n"),
                        words.replace("key 255 hex:00ff10", "key 255 hex:0"),
                        words.replace("hex:00ff10", "x".repeat(21)))) {
            String text = session("B1", wrong);
            assertEquals(List.of(), orders(text).spec().sessions(), wrong);
            assertFalse(said(text).contains("geheim"), said(text));
            assertEquals(5, Configurations.load(text).exitStatus());
        }
    }

    @Test
    void aServerIsJudgedByASessionOnce() {
        String text =
                session("B1", "")
                        + """
                        virtual_server 10.9.0.100 80 {
                            lvs_sched wrr
                            lvs_method NAT
                            protocol TCP
                            real_server 10.9.0.21 80 {
                                weight 1
                                BFD_CHECK {
                                    name B1
                                }
                                BFD_CHECK {
                                    name B1
                                }
                                BFD_CHECK {
                                    alpha
                                }
                            }
                        }
                        """;
        Loaded loaded = Configurations.load(text);
        String said = loaded.diagnostics().toString();
        assertTrue(said.contains("the server is judged by this session already"), said);
        assertTrue(said.contains("BFD_CHECK has no name"), said);
        var checkers =
                loaded.configuration()
                        .balance()
                        .services()
                        .getFirst()
                        .servers()
                        .getFirst()
                        .checkers();
        assertEquals(1, checkers.size());
        assertFalse(checkers.getFirst().alpha());
        assertEquals(Optional.empty(), loaded.configuration().marks());
    }
}
