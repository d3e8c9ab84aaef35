package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.VirtualServerSpec;
import holdfast.config.SourceReader.Read;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Who remembers what was bound last time comes to the same as who does not.
class EarlierServicesTest {

    private static final int RUNS = Integer.getInteger("holdfast.fuzz", 1_000);
    private static final FakeHost HOST = new FakeHost(true);

    private static final List<String> HEADS =
            List.of(
                    "",
                    "global_defs {\n checker_log_all_failures\n}\n",
                    "global_defs {\n smtp_alert_checker\n}\n",
                    "global_defs {\n lvs_backend nftables\n}\n",
                    "virtual_server_group g {\n 10.0.9.1 80\n}\n",
                    "virtual_server_group g {\n 10.0.9.2 80\n}\n",
                    "SSL {\n certificate /tmp/a\n}\n",
                    "# moves all lines\n");

    private static final List<String> WITHIN =
            List.of(
                    "",
                    "  delay_loop 6\n",
                    "  # remark\n",
                    "  lb_algo wrr\n",
                    "  no_such_thing 1\n",
                    "  quorum 9\n",
                    "  quorum_up /bin/true\n",
                    "  quorum_up /no/such/program\n",
                    "  quorum_up \"/bin/true one\"\n",
                    "  masquerade\n");

    private static final List<String> CHECKS =
            List.of(
                    "",
                    "    TCP_CHECK {\n      connect_timeout 2\n    }\n",
                    "    SSL_GET {\n      url {\n        path /\n      }\n    }\n",
                    "    MISC_CHECK {\n      misc_path /bin/true\n    }\n",
                    "    notify_up /bin/true\n",
                    "    weight 7\n");

    private static String service(String head, String within, String check) {
        return """
        virtual_server %s {
          protocol TCP
          lb_algo rr
          lb_kind NAT
        %s  real_server 10.0.1.1 80 {
        %s  }
          real_server 10.0.1.2 80 {
            weight 1
          }
        }
        """
                .formatted(head, within, check);
    }

    private static String plain(int number) {
        return service("10.0.0." + number + " 80", "", CHECKS.get(1));
    }

    @Test
    void onlyWhatChangedIsBoundAgain() {
        EarlierServices earlier = new EarlierServices();
        List<VirtualServerSpec> before = services(plain(1) + plain(2) + plain(3), earlier);
        String changed = plain(2).replace("connect_timeout 2", "connect_timeout 3");
        List<VirtualServerSpec> after =
                services("# a line more\n" + plain(3) + changed + plain(4), earlier);
        assertSame(before.get(2), after.get(0));
        assertNotSame(before.get(1), after.get(1));
        assertEquals(3, after.size());
        List<VirtualServerSpec> last = services(plain(1) + plain(4), earlier);
        assertSame(after.get(2), last.get(1));
        assertNotSame(before.get(0), last.get(0), "it was not there in between");
    }

    @Test
    void whatNamesOtherThingsIsBoundEachTimeAndWhatIsEqualIsTheSame() {
        EarlierServices earlier = new EarlierServices();
        String script = service("10.0.0.1 80", "", CHECKS.get(3));
        VirtualServerSpec before = services(script + plain(2), earlier).getFirst();
        assertNotSame(before, services(script + plain(2), earlier).getFirst());
        VirtualServerSpec spaced = services(plain(2), earlier).getFirst();
        assertSame(spaced, services(plain(2).replace("weight", "  weight"), earlier).getFirst());
    }

    @Test
    void memoryChangesNothing() {
        Set<String> seen = new HashSet<>();
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random = new SplittableRandom(run);
            EarlierServices keeping = new EarlierServices();
            EarlierServices looking = new EarlierServices();
            List<String> parts = new ArrayList<>();
            for (int reading = 0; reading < 4; reading++) {
                change(parts, random);
                String text = HEADS.get(random.nextInt(HEADS.size())) + String.join("", parts);
                Loaded fresh = load(text, new EarlierServices());
                assertEquals(fresh, load(text, keeping), "seed " + run + "\n" + text);
                Loaded survey = ConfigurationLoader.survey(READING, reader(text), HOST, looking);
                assertEquals(fresh.diagnostics(), survey.diagnostics(), "seed " + run);
                assertEquals(fresh.configuration().services(), survey.configuration().services());
                fresh.diagnostics().forEach(one -> seen.add(one.message()));
            }
        }
        assertTrue(seen.size() > 5, seen::toString);
    }

    private static void change(List<String> parts, RandomGenerator random) {
        for (int turn = random.nextInt(3) + (parts.isEmpty() ? 3 : 0); turn > 0; turn--) {
            String head =
                    random.nextInt(6) == 0 ? "group g" : "10.0.0." + random.nextInt(5) + " 80";
            String one =
                    service(
                            head,
                            WITHIN.get(random.nextInt(WITHIN.size())),
                            CHECKS.get(random.nextInt(CHECKS.size())));
            if (parts.isEmpty() || random.nextBoolean()) {
                parts.add(random.nextInt(parts.size() + 1), one);
            } else {
                parts.set(random.nextInt(parts.size()), one);
            }
        }
    }

    private static final Reading READING = new Reading("/conf/k.conf", "/conf", "lb1", 0, false);

    private static List<VirtualServerSpec> services(String text, EarlierServices earlier) {
        return load(text, earlier).configuration().balance().services();
    }

    private static Loaded load(String text, EarlierServices earlier) {
        SourceBundle source = Language.read(READING, reader(text), HOST).source();
        return ConfigurationLoader.load(source, HOST, Optional.empty(), earlier);
    }

    private static SourceReader reader(String text) {
        return new SourceReader() {
            @Override
            public Read read(String path) {
                return new Read.Text(text);
            }

            @Override
            public List<String> match(String pattern, String directory) {
                return List.of(pattern);
            }
        };
    }
}
