package holdfast.lab.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.lab.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What IPVS holds under Debian's keepalived, and under Holdfast, after each of many steps.
///
/// The page is written to `build/`, from where `tools/equality` copies it to `docs`.
@Tag("ipvs")
class IpvsEqualityTest {

    private static final Path DOCUMENT = Path.of("ipvs-equality.md");

    @Test
    void theKernelHoldsWhatKeepalivedWouldPutThere() throws IOException {
        List<Shape> shapes = Shapes.all();
        Map<Step, Plane> theirs = Play.of(Software.KEEPALIVED, shapes);
        Map<Step, Plane> ours = Play.of(Software.HOLDFAST, shapes);
        Ledger ledger = new Ledger(shapes, theirs, ours);
        assertEquals("", String.join("\n", ledger.surprises()));
        Path root = Software.root();
        Files.writeString(
                Files.createDirectories(root.resolve("build")).resolve(DOCUMENT),
                ledger.markdown());
        assertEquals(
                ledger.markdown(),
                Files.readString(root.resolve("docs").resolve(DOCUMENT)),
                "docs/ipvs-equality.md is stale; tools/equality writes it anew");
    }

    /// What is left to others, and what is not.
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "lvs_flush", "lvs_flush_on_stop", "lvs_flush_on_stop VS"})
    void servicesOfOthersStayOrGo(String keyword) {
        assertEquals(
                Flushing.of(Software.KEEPALIVED, keyword), Flushing.of(Software.HOLDFAST, keyword));
    }
}
