package holdfast.lab.bench;

import holdfast.lab.Software;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the figures were measured on, said so that it fits many machines.
final class Machine {

    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");

    private Machine() {}

    /// Cores, kernel, JDK, and which keepalived.
    static String words() {
        return "%d cores, Linux %s, JDK %s, keepalived %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        version(text(Path.of("/proc/sys/kernel/osrelease"))),
                        version(Runtime.version().toString()),
                        version(keepalived()));
    }

    /// How many threads wanted to run, on average over the last minute.
    static String load() {
        return text(Path.of("/proc/loadavg")).split(" ")[0];
    }

    /// The first number with dots in it.
    static String version(String text) {
        Matcher number = VERSION.matcher(text);
        return number.find() ? number.group() : text.strip();
    }

    private static String keepalived() {
        try {
            Process process =
                    new ProcessBuilder(Software.KEEPALIVED.program(), "--version")
                            .redirectErrorStream(true)
                            .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
