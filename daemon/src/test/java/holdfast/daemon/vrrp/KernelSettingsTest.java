package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.RtNotice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parameters of an interface whose name has just changed: the kernel says so a little before it
/// has moved them.
class KernelSettingsTest {

    private static final int INDEX = 7;

    @Test
    void whatCannotBeReachedYetIsPutBackLater(@TempDir Path directory) throws Exception {
        Path notes = directory.resolve("notes");
        Ledger ledger = Ledger.read(notes);
        ledger.put(new Ledger.Setting("ipv4/conf/before/arp_ignore", INDEX, "0", "1"));
        LinkTable links = new LinkTable();
        Link renamed = LinkPlanTest.plain(INDEX, "after");
        links.apply(new RtNotice.LinkNotice(renamed, true));
        try (Router reporter = new Router()) {
            KernelSettings settings = new KernelSettings(reporter, ledger);
            assertFalse(settings.hold(List.of(), links));
            assertEquals(1, ledger.settings().size());
            assertTrue(Files.readString(notes).contains("arp_ignore"));

            links.apply(new RtNotice.LinkNotice(renamed, false));
            assertTrue(settings.hold(List.of(), links));
            assertEquals(List.of(), ledger.settings());
        }
    }
}
