package holdfast.lab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// The lines of a file that another program appends to, each read once.
///
/// Confined to one thread.
final class GrowingFile<T> {

    private final Path path;
    private final Function<String, T> reader;
    private final List<T> values = new ArrayList<>();
    private long position;

    GrowingFile(Path path, Function<String, T> reader) {
        this.path = path;
        this.reader = reader;
    }

    /// All that is there now, oldest first; empty lines say nothing.
    List<T> values() {
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size() - position));
            while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {}
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
            String lines = text.substring(0, text.lastIndexOf('\n') + 1);
            position += lines.length();
            lines.lines().filter(line -> !line.isEmpty()).map(reader).forEach(values::add);
            return Collections.unmodifiableList(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether anything was written yet, be it an empty line.
    boolean isBegun() {
        values();
        return position > 0;
    }
}
