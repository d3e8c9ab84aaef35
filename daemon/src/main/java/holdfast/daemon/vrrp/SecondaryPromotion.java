package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.VrrpSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Has the kernel keep the secondary addresses of interfaces when a primary one goes, for routers
/// that ask for it, and gives back what was there before. Confined to one thread.
final class SecondaryPromotion implements AutoCloseable {

    private final Reporter reporter;
    private final Map<String, String> before = new LinkedHashMap<>();
    private Set<String> wanted = Set.of();

    SecondaryPromotion(Reporter reporter) {
        this.reporter = reporter;
    }

    void follow(NodeSpec spec) {
        Set<String> next = new LinkedHashSet<>();
        for (VrrpSpec instance : spec.instances()) {
            if (instance.promoteSecondaries()) {
                instance.interfaceName().ifPresent(next::add);
            }
        }
        for (String name : wanted) {
            if (!next.contains(name)) {
                restore(name);
            }
        }
        wanted = next;
        wanted.forEach(this::onLink);
    }

    /// An interface is there, perhaps anew with the kernel's own setting.
    void onLink(String name) {
        if (!wanted.contains(name)) {
            return;
        }
        Path path = path(name);
        try {
            String found = Files.readString(path).strip();
            if (!found.equals("1")) {
                before.putIfAbsent(name, found);
                Files.writeString(path, "1");
            }
        } catch (IOException e) {
            if (Files.exists(path)) {
                reporter.log(
                        Level.WARNING,
                        "Cannot set promote_secondaries of %s: %s".formatted(name, e.getMessage()));
            }
        }
    }

    private void restore(String name) {
        String value = before.remove(name);
        Path path = path(name);
        if (value == null || !Files.exists(path)) {
            return;
        }
        try {
            Files.writeString(path, value);
        } catch (IOException e) {
            reporter.log(
                    Level.WARNING,
                    "Cannot restore promote_secondaries of %s: %s".formatted(name, e.getMessage()));
        }
    }

    /// The kernel shows each thread the settings of its own network namespace.
    private static Path path(String name) {
        return Path.of("/proc/sys/net/ipv4/conf", name, "promote_secondaries");
    }

    @Override
    public void close() {
        Set.copyOf(before.keySet()).forEach(this::restore);
    }
}
