package holdfast.daemon;

import holdfast.vrrp.TrackFileSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writes the first numbers into tracked files, before anybody looks at them (`init_file`). That is
/// done when the program starts, and never again.
final class InitFiles {

    private static final List<OpenOption> NEW =
            List.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    /// A link is not followed: others may have put it there.
    private static final List<OpenOption> ANY =
            List.of(
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS);

    /// Where complaints go.
    interface Log {
        void line(Level level, String text);
    }

    private InitFiles() {}

    static void write(List<TrackFileSpec> files, Log log) {
        for (TrackFileSpec file : files) {
            if (file.init().isPresent()) {
                write(file, file.init().get(), log);
            }
        }
    }

    private static void write(TrackFileSpec file, TrackFileSpec.Init init, Log log) {
        OpenOption[] how = (init.overwrite() ? ANY : NEW).toArray(OpenOption[]::new);
        byte[] text = (init.value() + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(Path.of(file.path()), how)) {
            out.write(text);
        } catch (FileAlreadyExistsException ignored) {
            // Its own number counts.
        } catch (IOException e) {
            log.line(
                    Level.WARNING,
                    "Cannot write the first number into track_file " + file.name() + ": " + e);
        }
    }
}
