package holdfast.daemon.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The names of groups of interfaces, as `ip link` knows them.
final class LinkGroups {

    private static final List<Path> FILES =
            List.of(Path.of("/etc/iproute2/group"), Path.of("/usr/share/iproute2/group"));

    private LinkGroups() {}

    static Optional<Integer> number(String name) {
        for (Path file : FILES) {
            try {
                for (String line : Files.readAllLines(file)) {
                    int comment = line.indexOf('#');
                    String text = (comment < 0 ? line : line.substring(0, comment)).strip();
                    int blank = text.indexOf('\t') < 0 ? text.indexOf(' ') : text.indexOf('\t');
                    if (blank > 0 && text.substring(blank).strip().equals(name)) {
                        return Optional.of(Integer.decode(text.substring(0, blank)));
                    }
                }
            } catch (IOException | NumberFormatException ignored) {
                // No such file, or not ours to judge: the next one.
            }
        }
        return Optional.empty();
    }
}
