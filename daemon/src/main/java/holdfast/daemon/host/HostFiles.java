package holdfast.daemon.host;

import holdfast.config.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Configuration files on this host's disks.
public final class HostFiles implements SourceReader {

    /// Larger than any configuration; keeps `include /dev/zero` from filling the memory.
    private static final int FILE_BYTES_MAX = 64 * 1024 * 1024;

    private static final int EXECUTE_BITS = 0111;

    public HostFiles() {}

    @Override
    public Read read(String path) {
        try {
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                return new Read.Unreadable(false, "it is a directory");
            }
            if (((int) Files.getAttribute(file, "unix:mode") & EXECUTE_BITS) != 0) {
                return new Read.Unreadable(false, "it is executable, so it is no configuration");
            }
            try (var in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
                return bytes.length > FILE_BYTES_MAX
                        ? new Read.Unreadable(false, "it is too large")
                        : new Read.Text(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException ignored) {
            return new Read.Unreadable(true, "no such file");
        } catch (AccessDeniedException ignored) {
            return new Read.Unreadable(false, "permission denied");
        } catch (IOException | IllegalArgumentException e) {
            return new Read.Unreadable(false, String.valueOf(e.getMessage()));
        }
    }

    /// Matches one component of the path after the other, as glob(3) does.
    @Override
    public List<String> match(String pattern, String directory) {
        boolean absolute = pattern.startsWith("/");
        List<String> found = List.of(absolute ? "/" : "");
        for (String component : pattern.split("/")) {
            if (component.isEmpty()) {
                continue;
            }
            List<String> deeper = new ArrayList<>();
            for (String prefix : found) {
                String stem = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
                for (String name : names(absolute ? stem : directory + "/" + stem, component)) {
                    deeper.add(stem + name);
                }
            }
            found = deeper;
        }
        return found.stream().sorted().toList();
    }

    /// What a directory holds that one component of a pattern means.
    private static List<String> names(String directory, String component) {
        if (!Wildcards.isPattern(component)) {
            return Files.exists(Path.of(directory, component)) ? List.of(component) : List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean hidden = name.startsWith(".") && !component.startsWith(".");
                if (!hidden && Wildcards.matches(component, name)) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException ignored) {
            return List.of(); // A directory that cannot be read matches nothing.
        }
        return names;
    }
}
