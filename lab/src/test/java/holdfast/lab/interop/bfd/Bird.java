package holdfast.lab.interop.bfd;

import holdfast.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// BIRD, with files of its own.
final class Bird implements Neighbour {

    private final Manner manner;
    private final Host host;
    private final Path directory;
    private Optional<Process> process = Optional.empty();

    Bird(Manner manner, Host host) {
        this.manner = manner;
        this.host = host;
        this.directory = host.lab().file(host.label() + "-bird/output", "").resolveSibling("");
    }

    private void configure(int factor) {
        host.lab().file(directory.getFileName() + "/bird.conf", Texts.bird(manner, factor));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void start() {
        configure(1);
        List<String> command =
                List.of("bird", "-f", "-c", path("bird.conf"), "-s", path("control"));
        process = Optional.of(host.start(directory.getFileName() + "/output", command));
    }

    @Override
    public void kill() {
        process.orElseThrow().destroyForcibly();
        awaitEnd();
    }

    @Override
    public void stop() {
        process.orElseThrow().destroy();
    }

    @Override
    public void awaitEnd() {
        process.orElseThrow().onExit().join();
    }

    @Override
    public void retime(int factor) {
        configure(factor);
        host.run("birdc", "-s", path("control"), "configure");
    }

    @Override
    public String log() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
