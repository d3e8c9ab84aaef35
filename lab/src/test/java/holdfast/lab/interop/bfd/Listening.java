package holdfast.lab.interop.bfd;

import holdfast.lab.Await;
import holdfast.lab.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A recording by tcpdump, which is read when it ends, and as octets: its words for each packet
/// would take longer than all else, and it takes a source port of 49152 for another protocol.
///
/// Confined to one thread.
final class Listening implements AutoCloseable {

    private static final Duration STARTUP_MAX = Duration.ofSeconds(10);
    private static final int FILE_HEADER = 24;
    private static final int MICRO = 1000;
    private static int count;

    private final Process process;
    private final Path file;

    private Listening(Process process, Path file) {
        this.process = process;
        this.file = file;
    }

    /// Returns when tcpdump listens.
    static Listening start(Wire wire, String filter) {
        String name = "listening-%d".formatted(++count);
        Path directory = wire.host().lab().directory();
        Path file = directory.resolve(name + ".pcap");
        Path log = directory.resolve(name + ".log");
        List<String> command =
                List.of(
                        "tcpdump",
                        "--immediate-mode",
                        "-Z",
                        "root",
                        "-i",
                        wire.device(),
                        "-w",
                        file.toString(),
                        filter);
        Process process = wire.host().start(name + ".log", command);
        Await.until("tcpdump listens", STARTUP_MAX, () -> text(log).contains("listening on"));
        return new Listening(process, file);
    }

    /// All that was said, oldest first.
    List<Statement> end() {
        close();
        List<Statement> said = new ArrayList<>();
        ByteBuffer in = octets().order(ByteOrder.nativeOrder()).position(FILE_HEADER);
        while (in.hasRemaining()) {
            Instant at = Instant.ofEpochSecond(in.getInt()).plusNanos((long) in.getInt() * MICRO);
            int length = in.getInt();
            int frame = in.position() + Integer.BYTES;
            Statement.of(at, in.slice(frame, length)).ifPresent(said::add);
            in.position(frame + length);
        }
        return said;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private ByteBuffer octets() {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
