package holdfast.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Reads files below a directory of the test as if it were `/conf`.
record DirectoryReader(Path root) implements SourceReader {

    static final String PLACE = "/conf";

    @Override
    public Read read(String path) {
        Path file = real(path);
        if (!Files.exists(file)) {
            return new Read.Unreadable(true, "there is no such file");
        }
        if (!Files.isRegularFile(file) || Files.isExecutable(file)) {
            return new Read.Unreadable(false, "it is not a plain file");
        }
        try {
            return new Read.Text(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Read.Unreadable(false, e.toString());
        }
    }

    @Override
    public List<String> match(String pattern, String directory) {
        String whole = Includes.resolve(directory, pattern);
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> Path.of(PLACE).resolve(root.relativize(file)))
                    .filter(matcher::matches)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path real(String path) {
        return path.startsWith(PLACE + "/")
                ? root.resolve(path.substring(PLACE.length() + 1))
                : Path.of("/nowhere", path);
    }
}
