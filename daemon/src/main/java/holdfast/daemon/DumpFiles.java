package holdfast.daemon;

import holdfast.config.GlobalSpec;
import holdfast.config.HouseSpec.DumpSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that signals and reloads ask for: in the directory for temporary files, or where the
/// configuration wants them.
///
/// A file is written beside its place and renamed: a reader never sees half of it, and nobody can
/// lead us astray by a link of that name.
final class DumpFiles {

    private static final Path USUAL = Path.of("/tmp");

    /// Also the beginning of each process's own name for it.
    private static final String DATA = "keepalived";

    private final Path directory;
    private final DumpSpec spec;
    private final String instance;

    /// @param temporary the value of `TMPDIR`
    /// @param instance the network namespace and the instance, as they come into names
    DumpFiles(Optional<String> temporary, DumpSpec spec, String instance) {
        this.directory =
                temporary
                        .map(Path::of)
                        .filter(path -> path.isAbsolute() && Files.isDirectory(path))
                        .orElse(USUAL);
        this.spec = spec;
        this.instance = instance;
    }

    /// For the process that runs `configuration`.
    static DumpFiles of(GlobalSpec global, Options options) {
        String instance =
                Stream.of(options.namespace(), global.instance())
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("_"));
        return new DumpFiles(
                Optional.ofNullable(System.getenv("TMPDIR")), global.house().dumps(), instance);
    }

    /// What a process is told and is.
    ///
    /// @param part of the name: `_check`, `_bfd`, or empty for the virtual routers
    /// @return where it was written
    Path data(String part, String text) throws IOException {
        String own = spec.withInstance() && !instance.isEmpty() ? "." + instance : "";
        Path path =
                spec.state()
                        .map(named -> place(named, DATA + ".data"))
                        .orElse(directory.resolve(DATA + ".data"));
        return write(
                path.resolveSibling(inserted(path.getFileName().toString(), part + own)), text);
    }

    Path statistics(String text) throws IOException {
        return write(
                spec.statistics()
                        .map(named -> place(named, "keepalived.stats"))
                        .orElse(directory.resolve("keepalived.stats")),
                text);
    }

    /// @param part of the name: `_check`, or empty for the virtual routers
    Path json(String part, String text) throws IOException {
        Path path =
                spec.json()
                        .map(named -> place(named, "keepalived.json"))
                        .orElse(directory.resolve("keepalived.json"));
        return write(path.resolveSibling(inserted(path.getFileName().toString(), part)), text);
    }

    /// The state around a reload (`config_save_dir`).
    ///
    /// @param part `vrrp`, `check` or `bfd`
    /// @param number of the reload
    Path save(String part, int pid, long number, boolean before, String text) throws IOException {
        String name =
                "keepalived_%s.%d.%d.%s".formatted(part, pid, number, before ? "pre" : "post");
        return write(Path.of(spec.saveDirectory().orElseThrow(), name), text);
    }

    boolean saves() {
        return spec.saveDirectory().isPresent();
    }

    private Path place(String named, String usual) {
        if (named.endsWith("/")) {
            Path into = named.startsWith("/") ? Path.of(named) : directory;
            return into.resolve(usual);
        }
        Path path = Path.of(named);
        return path.isAbsolute() ? path : directory.resolve(path.getFileName());
    }

    /// Puts something before the extension.
    private static String inserted(String name, String infix) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name + infix : name.substring(0, dot) + infix + name.substring(dot);
    }

    private static Path write(Path to, String text) throws IOException {
        // Not a file as the system makes temporary ones: who may read it is for the umask to say.
        Path beside =
                to.resolveSibling(
                        "." + to.getFileName() + "." + Long.toHexString(System.nanoTime()));
        try {
            Files.writeString(
                    beside,
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            return Files.move(
                    beside,
                    to,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }
}
