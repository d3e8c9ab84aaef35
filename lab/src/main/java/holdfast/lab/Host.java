package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A machine of the lab: a network namespace with the files of this machine.
public final class Host {

    private final Lab lab;
    private final String label;
    private final String namespace;

    Host(Lab lab, String label, String namespace) {
        this.lab = lab;
        this.label = label;
        this.namespace = namespace;
    }

    /// Plugs a new interface with these addresses (`10.0.0.1/24`) into a wire, and sets it up.
    public Host plug(Wire wire, String device, String... addresses) {
        wire.connect(this, device);
        for (String address : addresses) {
            // An IPv6 address would otherwise be tentative for a second, and nobody could bind to
            // it.
            if (address.indexOf(':') >= 0) {
                run("ip", "address", "add", address, "dev", device, "nodad");
            } else {
                run("ip", "address", "add", address, "dev", device);
            }
        }
        run("ip", "link", "set", device, "up");
        return this;
    }

    /// Runs a program that has to succeed, and returns what it wrote.
    public String run(String... command) {
        return Programs.run(inside(List.of(command)));
    }

    /// Runs a program, whatever it comes to.
    public Ran attempt(String... command) {
        return Programs.attempt(inside(List.of(command)));
    }

    /// Starts a program that writes to a file of the lab.
    public Process start(String log, List<String> command) {
        Path file = lab.directory().resolve(log);
        try {
            return new ProcessBuilder(inside(command))
                    .redirectInput(Programs.devNull())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command that does this in here; the process it starts becomes the program itself.
    List<String> inside(List<String> command) {
        // Not ip netns exec, which mounts another /sys: that is refused to a user's own root.
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        all.addAll(command);
        return all;
    }

    /// Sets a kernel parameter of this host's network.
    public Host set(String parameter, String value) {
        run("sysctl", "-qw", parameter + "=" + value);
        return this;
    }

    /// Whether an interface has this address now.
    public boolean owns(String address) {
        return run("ip", "-o", "address", "show").contains(" " + address + "/");
    }

    public Lab lab() {
        return lab;
    }

    public String label() {
        return label;
    }

    public String namespace() {
        return namespace;
    }
}
