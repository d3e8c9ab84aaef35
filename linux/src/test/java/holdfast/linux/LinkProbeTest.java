package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkProbeTest {

    @Test
    void aCableIsFeltAtBothEnds() throws Exception {
        List<Netns> ends = Netns.pair("192.0.2.1/24", "192.0.2.2/24");
        try (Netns one = ends.getFirst();
                Netns other = ends.getLast()) {
            try (LinkProbe probe = one.in(LinkProbe::open)) {
                // The socket stays where it was opened, whoever uses it.
                assertEquals(1, probe.ethtool("eth"));
                assertEquals(1, probe.running("eth"));
                assertTrue(Errno.EOPNOTSUPP.is(probe.mii("eth")), "a cable has no transceiver");
                other.ip("link set eth down");
                assertEquals(0, probe.ethtool("eth"));
                assertEquals(0, probe.running("eth"));
                assertTrue(Errno.ENODEV.is(probe.ethtool("nobody")));
                assertTrue(Errno.ENODEV.is(probe.mii("a-name-that-is-too-long")));
            }
        }
    }

    @Test
    void whoWorksElsewhereComesBack() throws Exception {
        try (Netns one = new Netns();
                Netns other = new Netns()) {
            one.ip("link add here type veth peer name there");
            Path home = one.in(Namespaces::ofThisThread);
            other.in(
                    () -> {
                        assertTrue(Interfaces.index("here").isEmpty());
                        assertTrue(
                                Namespaces.inNetwork(home, () -> Interfaces.index("here"))
                                        .isPresent());
                        assertTrue(Interfaces.index("here").isEmpty());
                        return 0;
                    });
        }
    }
}
