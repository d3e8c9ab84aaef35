package holdfast.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Configurations that have to run as they are, and what they take for granted on their host.
final class Seeds {

    private Seeds() {}

    static String read(String name) {
        try (InputStream stream =
                Objects.requireNonNull(Seeds.class.getResourceAsStream("/seeds/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives a daemon an account of this name, which nobody else sees.
    static Daemon withUser(Daemon daemon, String user) {
        Lab lab = daemon.host().lab();
        String label = daemon.host().label();
        try {
            Path passwd =
                    lab.file(
                            label + "/passwd",
                            Files.readString(Path.of("/etc/passwd"))
                                    + user
                                    + ":x:64999:64999::/:/bin/false\n");
            Path group =
                    lab.file(
                            label + "/group",
                            Files.readString(Path.of("/etc/group")) + user + ":x:64999:\n");
            return daemon.mount(passwd, "/etc/passwd").mount(group, "/etc/group");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
