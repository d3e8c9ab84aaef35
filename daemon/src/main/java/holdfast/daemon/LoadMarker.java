package holdfast.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file that exists while a configuration is being loaded (`reload_file`).
final class LoadMarker {

    private Optional<Path> present = Optional.empty();

    /// Makes the file, if there shall be one.
    void put(Optional<Path> file) throws IOException {
        remove();
        if (file.isPresent()) {
            Files.newOutputStream(
                            file.get(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS)
                    .close();
            present = file;
        }
    }

    void remove() throws IOException {
        if (present.isPresent()) {
            Files.deleteIfExists(present.get());
            present = Optional.empty();
        }
    }
}
