package holdfast.daemon.host;

import holdfast.config.HostFacts.KeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Files with secrets in them.
final class KeyFiles {

    private static final int BYTES_MAX = 1024;

    private static final Set<PosixFilePermission> OTHERS_READ =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private KeyFiles() {}

    /// Empty for what is no regular file, is too long, or may not be read.
    static Optional<KeyFile> read(Path path) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] octets = in.readNBytes(BYTES_MAX + 1);
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            boolean open = permissions.stream().anyMatch(OTHERS_READ::contains);
            return octets.length > BYTES_MAX
                    ? Optional.empty()
                    : Optional.of(new KeyFile(new String(octets, StandardCharsets.UTF_8), open));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
