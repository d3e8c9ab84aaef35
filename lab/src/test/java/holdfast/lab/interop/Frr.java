package holdfast.lab.interop;

import holdfast.lab.Await;
import holdfast.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// FRR in a host: its zebra, and whatever else is started, with files of their own.
///
/// Confined to one thread; the lab ends what runs in it.
public final class Frr {

    private static final Path PROGRAMS = Path.of("/usr/lib/frr");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Host host;
    private final Path directory;

    /// Returns when zebra listens.
    public Frr(Host host) {
        this.host = host;
        this.directory = host.lab().file(host.label() + "-frr/made", "").resolveSibling("");
        host.run("chown", "frr:frr", directory.toString());
        start("zebra", "-f", "/dev/null");
        Await.until(
                "zebra listens", LIMIT, () -> Files.exists(directory.resolve("zserv")), this::log);
    }

    /// Starts one of its programs.
    public Process start(String name, String... more) {
        List<String> command = new ArrayList<>(List.of(PROGRAMS.resolve(name).toString()));
        command.addAll(List.of("-i", path(name + ".pid"), "-z", path("zserv")));
        command.addAll(List.of("--vty_socket", directory.toString(), "-P", "0"));
        command.addAll(List.of("--log", "file:" + path("log")));
        command.addAll(List.of(more));
        return host.start(directory.getFileName() + "/output", command);
    }

    /// Enters the lines of a configuration while a program runs.
    public void enter(String name, String text) {
        List<String> command = new ArrayList<>(List.of("vtysh"));
        command.addAll(List.of("--vty_socket", directory.toString(), "-d", name));
        command.addAll(List.of("-c", "configure terminal"));
        text.lines().forEach(line -> command.addAll(List.of("-c", line.strip())));
        host.run(command.toArray(String[]::new));
    }

    /// Writes a file that its programs can read, and returns where it is.
    public String file(String name, String text) {
        return host.lab().file(directory.getFileName() + "/" + name, text).toString();
    }

    /// The path of a file of these programs, whether it exists or not.
    public String path(String name) {
        return directory.resolve(name).toString();
    }

    /// What all of them have written.
    public String log() {
        Path log = directory.resolve("log");
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
