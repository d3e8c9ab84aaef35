package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.config.Configuration;
import holdfast.config.Loaded;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadPlanTest {

    private static final String ROUTER =
            """
            vrrp_instance VI_1 {
              interface eth0
              virtual_router_id 51
              priority 100
              virtual_ipaddress {
                192.0.2.10/24
              }
            }
            """;
    private static final String SERVER =
            """
            virtual_server 192.0.2.10 80 {
              delay_loop 5
              lb_algo rr
              lb_kind NAT
              protocol TCP
              real_server 10.0.0.1 80 {
                weight 1
              }
            }
            """;

    private static final Configuration RUNNING = OneFile.load(ROUTER).configuration();

    private static Options options(String... words) {
        return assertInstanceOf(CommandLine.Parsed.Run.class, CommandLine.parse(List.of(words)))
                .options();
    }

    private static ReloadPlan plan(String text, boolean checkersRun, String... words) {
        Loaded loaded = OneFile.load(text);
        return ReloadPlan.of(RUNNING, loaded, true, options(words), checkersRun);
    }

    private static ReloadPlan.Checkers checkers(String text, boolean run, String... words) {
        return assertInstanceOf(ReloadPlan.Accept.class, plan(text, run, words)).checkers();
    }

    private static String refusal(String text) {
        return assertInstanceOf(ReloadPlan.Refuse.class, plan(text, false)).reasons().toString();
    }

    @Test
    void theProcessOfTheCheckersComesAndGoesWithTheVirtualServers() {
        assertEquals(ReloadPlan.Checkers.STAY_AWAY, checkers(ROUTER, false));
        assertEquals(ReloadPlan.Checkers.START, checkers(ROUTER + SERVER, false));
        assertEquals(ReloadPlan.Checkers.RESPECIFY, checkers(ROUTER + SERVER, true));
        assertEquals(ReloadPlan.Checkers.STOP, checkers(ROUTER, true));
        assertEquals(ReloadPlan.Checkers.STAY_AWAY, checkers(ROUTER + SERVER, false, "-P"));
    }

    @Test
    void aMistakeLeavesEverythingAsItIs() {
        assertTrue(refusal(ROUTER + "no_such_word 1\n").contains("no_such_word"));
    }

    @Test
    void anInterfaceThatIsNotThereIsAReasonToRefuseAndNotToEnd() {
        assertTrue(refusal(ROUTER.replace("eth0", "eth7")).contains("eth7"));
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() {
        Loaded nothing = OneFile.load("");
        ReloadPlan plan = ReloadPlan.of(RUNNING, nothing, false, options(), false);
        assertEquals(
                List.of("the configuration file cannot be read"),
                assertInstanceOf(ReloadPlan.Refuse.class, plan).reasons());
    }

    @Test
    void theNameOfTheInstanceStays() {
        assertTrue(refusal("instance other\n" + ROUTER).contains("instance"));
    }

    @Test
    void oneProcessIsWantedForWhatIsConfiguredAndAllowed() {
        Configuration both = OneFile.load(ROUTER + SERVER).configuration();
        assertTrue(ReloadPlan.wantsVrrp(both, options()));
        assertTrue(ReloadPlan.wantsCheckers(both, options()));
        assertTrue(!ReloadPlan.wantsVrrp(both, options("-C")));
        assertTrue(!ReloadPlan.wantsCheckers(both, options("-P")));
        assertTrue(!ReloadPlan.wantsCheckers(RUNNING, options()));
    }
}
