package holdfast.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The files that a signal asks for, in the directory for temporary files.
///
/// A file is written beside its place and renamed: a reader never sees half of it, and nobody can
/// lead us astray by a link of that name.
final class DumpFiles {

    private static final Path USUAL = Path.of("/tmp");

    private final Path directory;

    DumpFiles(Optional<String> temporary) {
        directory =
                temporary
                        .map(Path::of)
                        .filter(path -> path.isAbsolute() && Files.isDirectory(path))
                        .orElse(USUAL);
    }

    /// @return where it was written
    Path write(String name, String text) throws IOException {
        Path beside = Files.createTempFile(directory, "." + name, "");
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            return Files.move(
                    beside,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }
}
