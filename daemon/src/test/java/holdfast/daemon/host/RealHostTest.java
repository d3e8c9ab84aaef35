package holdfast.daemon.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.config.HostFacts.Link;
import holdfast.linux.Namespaces;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RealHostTest {

    private static final int LOOPBACK_MTU = 65_536;

    /// The loopback interface of a new network namespace has no address yet.
    @Test
    void anInterfaceWithoutAddressesIsAnInterface() throws Exception {
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<Optional<Link>> found =
                    thread.submit(
                            () -> {
                                Namespaces.unshareNetwork();
                                return new RealHost().link("lo");
                            });
            assertEquals(Optional.of(new Link(true, false, LOOPBACK_MTU)), found.get());
            Future<Optional<Link>> missing = thread.submit(() -> new RealHost().link("lo7"));
            assertEquals(Optional.empty(), missing.get());
        }
    }
}
