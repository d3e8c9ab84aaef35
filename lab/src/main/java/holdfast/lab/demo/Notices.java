package holdfast.lab.demo;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a daemon writes to its notify FIFO: its roles, and which servers are in service.
///
/// Thread-safe: one thread reads the pipe, others look at what came.
final class Notices {

    private final List<Notice> notices = new CopyOnWriteArrayList<>();

    /// Begins to read; the pipe has to be there.
    Notices(Path fifo) {
        Thread.ofPlatform().daemon().name("notices").start(() -> read(fifo));
    }

    private void read(Path fifo) {
        // Open for both, so that the pipe has no end when a daemon dies.
        try (var pipe = new RandomAccessFile(fifo.toFile(), "rw");
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new FileInputStream(pipe.getFD()),
                                        StandardCharsets.US_ASCII))) {
            while (true) {
                String line = lines.readLine();
                // Lines about servers end in a NUL octet too.
                notices.add(new Notice(Instant.now(), line.replace("\0", "")));
            }
        } catch (IOException e) {
            notices.add(new Notice(Instant.now(), "unreadable: " + e.getMessage()));
        }
    }

    /// The first notice since a moment that has these beginning and end.
    Optional<Notice> first(Instant since, String beginning, String end) {
        return since(since).stream()
                .filter(notice -> notice.line().startsWith(beginning))
                .filter(notice -> notice.line().endsWith(end))
                .findFirst();
    }

    /// All notices since a moment.
    List<Notice> since(Instant moment) {
        return notices.stream().filter(notice -> !notice.at().isBefore(moment)).toList();
    }
}
