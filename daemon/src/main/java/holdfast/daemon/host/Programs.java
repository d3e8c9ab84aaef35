package holdfast.daemon.host;

import holdfast.config.HostFacts.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Finds programs, and looks at who else could change them (runtime specification, section 6).
final class Programs {

    private static final String USUAL_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int EXECUTE_BITS = 0111;
    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITE = 0020;
    private static final int WORLD_WRITE = 0002;

    private Programs() {}

    static Program find(String name) {
        if (name.indexOf('/') >= 0) {
            return describe(Path.of(name));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse(USUAL_PATH);
        for (String directory : path.split(":")) {
            if (!directory.isEmpty()) {
                Program found = describe(Path.of(directory, name));
                if (found.exists() && found.executable()) {
                    return found;
                }
            }
        }
        return new Program(name, false, false, false, Optional.empty());
    }

    private static Program describe(Path path) {
        try {
            Path real = path.toRealPath();
            FileFacts file = FileFacts.of(real);
            boolean rootUser = file.allows(SET_UID) && file.uid() == 0;
            boolean rootGroup = file.allows(SET_GID) && file.gid() == 0;
            return new Program(
                    real.toString(),
                    true,
                    file.isRegular() && file.allows(EXECUTE_BITS),
                    rootUser || rootGroup,
                    unsafe(path, real));
        } catch (IOException ignored) {
            return new Program(path.toString(), false, false, false, Optional.empty());
        }
    }

    /// The first part that others than root may change: of the way to the file, and of the way as
    /// it was written, since whoever may change a link may change where it leads.
    private static Optional<String> unsafe(Path written, Path real) throws IOException {
        Optional<String> found = unsafe(real);
        return found.isPresent() ? found : unsafe(written.toAbsolutePath().normalize());
    }

    private static Optional<String> unsafe(Path path) throws IOException {
        Path at = Path.of("/");
        for (int i = 0; i <= path.getNameCount(); i++) {
            if (!isSafe(FileFacts.of(at))) {
                return Optional.of(at.toString());
            }
            at = i < path.getNameCount() ? at.resolve(path.getName(i)) : at;
        }
        return Optional.empty();
    }

    private static boolean isSafe(FileFacts file) {
        if (file.uid() != 0) {
            return false;
        }
        boolean othersWrite =
                file.allows(WORLD_WRITE) || (file.allows(GROUP_WRITE) && file.gid() != 0);
        return file.isLink() || !othersWrite || (file.isDirectory() && file.allows(STICKY));
    }
}
