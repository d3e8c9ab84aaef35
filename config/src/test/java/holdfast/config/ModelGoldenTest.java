package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What whole files become, and what is said about them.
///
/// With `-Dgolden=update` the expected files are written instead of compared.
class ModelGoldenTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seeds/001-every-keyword",
                "seeds/003-vrrp-master",
                "seeds/004-first-server",
                "seeds/004-second-server",
                "corpus/real-aws-unicast",
                "corpus/real-fwmark-https",
                "corpus/real-haproxy-pair",
                "corpus/real-mysql-misc",
                "corpus/real-nat-router",
                "corpus/real-neutron-l3-ha",
                "corpus/real-redhat-default",
                "corpus/valid-check-common",
                "corpus/valid-global-vrrp",
                "corpus/valid-interface-delays",
                "corpus/valid-linkbeat",
                "corpus/valid-sync-group-track",
                "corpus/valid-track-file",
                "corpus/valid-track-process",
                "corpus/valid-static-address",
                "corpus/valid-static-routes",
                "corpus/valid-track-group",
                "corpus/valid-vrrp-evips",
                "corpus/valid-vrrp-rules",
                "corpus/valid-vs-sorry",
                "corpus/valid-vs-tun-gue",
                "routing/every-option",
                "routing/mistakes",
            })
    void modelIsAsExpected(String name) throws IOException {
        int slash = name.indexOf('/');
        Loaded loaded =
                Configurations.load(
                        RESOURCES.resolve(name.substring(0, slash)),
                        name.substring(slash + 1) + ".conf");
        String actual =
                RecordPrinter.print(loaded.configuration())
                        + "runnable: %s%nreloadable: %s%nexit status: %d%n%n"
                                .formatted(
                                        loaded.runnable(), loaded.reloadable(), loaded.exitStatus())
                        + DiagnosticPrinter.print(loaded.diagnostics(), loaded.source());
        Path golden = RESOURCES.resolve("model").resolve(name.substring(slash + 1) + ".txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(RESOURCES.resolve("model"));
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
    }

    @Test
    void passwordsAreNeverPrinted() {
        Loaded loaded = Configurations.load(RESOURCES.resolve("seeds"), "001-every-keyword.conf");
        String everything =
                loaded.configuration()
                        + DiagnosticPrinter.print(loaded.diagnostics(), loaded.source());
        assertFalse(everything.contains("k3epal1v"), everything);
    }

    @Test
    void aBundleLoadsToTheSame() {
        Loaded first = Configurations.load(RESOURCES.resolve("corpus"), "valid-include-glob.conf");
        Loaded again =
                ConfigurationLoader.load(
                        SourceBundle.decode(first.source().encode()),
                        new FakeHost(true),
                        Optional.empty(),
                        new EarlierServices());
        assertEquals(first.configuration(), again.configuration());
        assertEquals(first.diagnostics(), again.diagnostics());
    }
}
