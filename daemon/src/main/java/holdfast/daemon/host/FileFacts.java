package holdfast.daemon.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// What stat(2) says of a file; of a link itself, not of where it leads.
///
/// @param mode kind and permissions
public record FileFacts(int mode, int uid, int gid) {

    private static final int KIND = 0170000;
    private static final int FIFO = 0010000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    public static FileFacts of(Path path) throws IOException {
        Map<String, Object> file =
                Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        return new FileFacts(number(file, "mode"), number(file, "uid"), number(file, "gid"));
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (int) attributes.getOrDefault(name, -1);
    }

    public boolean isFifo() {
        return (mode & KIND) == FIFO;
    }

    public boolean isDirectory() {
        return (mode & KIND) == DIRECTORY;
    }

    public boolean isRegular() {
        return (mode & KIND) == REGULAR;
    }

    public boolean isLink() {
        return (mode & KIND) == LINK;
    }

    /// Whether any of these permission bits is set.
    public boolean allows(int bits) {
        return (mode & bits) != 0;
    }
}
