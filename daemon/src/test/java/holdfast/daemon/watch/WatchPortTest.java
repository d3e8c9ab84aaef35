package holdfast.daemon.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.balance.BalanceEffect;
import holdfast.bfd.BfdEffect;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.EventLoop;
import holdfast.time.MonoTime;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.ProcessPattern.Match;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.Watching;
import holdfast.vrrp.Weight;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files, real processes, and a real link, as the watching thread tells of them.
class WatchPortTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Keeps what is logged.
    private static final class Lines implements Reporter {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void vrrp(VrrpEffect fact) {}

        @Override
        public void bfd(BfdEffect fact) {}

        @Override
        public void balance(BalanceEffect fact) {}

        @Override
        public void log(Level level, String line) {
            lines.add(line);
        }
    }

    /// A loop that is woken often enough to see that nothing comes.
    private static final class Alarm implements EventLoop.Ticker {
        private MonoTime at = MonoTime.NEVER;

        @Override
        public MonoTime deadline() {
            return at;
        }

        @Override
        public void onDeadline(MonoTime now) {
            at = MonoTime.NEVER;
        }
    }

    private final Lines log = new Lines();
    private final Alarm alarm = new Alarm();
    private EventLoop loop;
    private WatchPort port;

    @BeforeEach
    void open() throws Exception {
        loop = new EventLoop(alarm);
        port = new WatchPort(log, ProcessBuffer.USUAL);
        loop.watch(port.fd(), _ -> {});
    }

    @AfterEach
    void close() {
        port.close();
        loop.close();
    }

    private WatchWord next() throws Exception {
        MonoTime end = EventLoop.clock().plus(PATIENCE);
        while (true) {
            Optional<WatchWord> word = port.receive();
            if (word.isPresent()) {
                return word.get();
            }
            assertTrue(end.isAfter(EventLoop.clock()), () -> "nothing is told; " + log.lines);
            alarm.at = EventLoop.clock().plus(Duration.ofMillis(100));
            loop.turn();
        }
    }

    private void says(VrrpEvent event) throws Exception {
        assertEquals(new WatchWord.Happened(event), next());
    }

    private static Watching files(TrackFileSpec... files) {
        return new Watching(List.of(files), List.of(), List.of());
    }

    private static TrackFileSpec file(String name, Path path) {
        return new TrackFileSpec(name, path.toString(), Optional.empty());
    }

    @Test
    void aFileIsReadWhateverHappensToIt(@TempDir Path directory) throws Exception {
        Path one = directory.resolve("one");
        Files.writeString(directory.resolve("next"), "0x10 and more");
        port.follow(files(file("a", one)));
        says(new VrrpEvent.FileSays("a", 0));
        Files.writeString(one, " -7\n");
        says(new VrrpEvent.FileSays("a", -7));
        Files.move(directory.resolve("next"), one, StandardCopyOption.ATOMIC_MOVE);
        says(new VrrpEvent.FileSays("a", 16));
        Files.delete(one);
        says(new VrrpEvent.FileSays("a", 0));
        Files.writeString(one, "3");
        says(new VrrpEvent.FileSays("a", 3));
        Files.move(one, directory.resolve("elsewhere"));
        says(new VrrpEvent.FileSays("a", 0));
    }

    @Test
    void aDirectoryMayComeLater(@TempDir Path directory) throws Exception {
        Path inner = directory.resolve("inner");
        port.follow(files(file("a", inner.resolve("f"))));
        says(new VrrpEvent.FileSays("a", 0));
        for (int number = 1; number <= 2; number++) {
            Files.createDirectory(inner);
            Files.writeString(inner.resolve("f"), Integer.toString(number));
            says(new VrrpEvent.FileSays("a", number));
            Files.delete(inner.resolve("f"));
            says(new VrrpEvent.FileSays("a", 0));
            Files.delete(inner);
        }
    }

    @Test
    void aLinkIsFollowedAndMayBeChanged(@TempDir Path directory) throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Path links = Files.createDirectory(directory.resolve("links"));
        Files.writeString(first.resolve("f"), "1");
        Files.writeString(second.resolve("f"), "2");
        Path link = Files.createSymbolicLink(links.resolve("f"), first.resolve("f"));
        port.follow(files(file("a", link)));
        says(new VrrpEvent.FileSays("a", 1));
        Path other = Files.createSymbolicLink(links.resolve("new"), second.resolve("f"));
        Files.move(other, link, StandardCopyOption.ATOMIC_MOVE);
        says(new VrrpEvent.FileSays("a", 2));
        Files.writeString(second.resolve("f"), "5");
        says(new VrrpEvent.FileSays("a", 5));
    }

    @Test
    void linksMayLeadThroughOneThatIsChanged(@TempDir Path directory) throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("v1")).resolve("f"), "1");
        Files.writeString(Files.createDirectory(directory.resolve("v2")).resolve("f"), "2");
        Path current = Files.createSymbolicLink(directory.resolve("now"), Path.of("v1"));
        Path link = Files.createSymbolicLink(directory.resolve("f"), Path.of("now/f"));
        port.follow(files(file("a", link)));
        says(new VrrpEvent.FileSays("a", 1));
        Path next = Files.createSymbolicLink(directory.resolve("next"), Path.of("v2"));
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
        says(new VrrpEvent.FileSays("a", 2));
    }

    @Test
    void aFileThatIsBeingWrittenIsReadWhenThatIsDone(@TempDir Path directory) throws Exception {
        Path one = Files.writeString(directory.resolve("one"), "1");
        Path other = Files.writeString(directory.resolve("other"), "1");
        port.follow(files(file("a", one), file("b", other)));
        says(new VrrpEvent.FileSays("a", 1));
        says(new VrrpEvent.FileSays("b", 1));
        try (OutputStream half = Files.newOutputStream(one)) {
            Files.writeString(other, "2");
            says(new VrrpEvent.FileSays("b", 2));
            half.write('3');
        }
        says(new VrrpEvent.FileSays("a", 3));
    }

    @Test
    void whatIsFollowedAgainIsToldOnlyWhenItIsNews(@TempDir Path directory) throws Exception {
        Path one = Files.writeString(directory.resolve("one"), "1");
        port.follow(files(file("a", one)));
        says(new VrrpEvent.FileSays("a", 1));
        port.follow(files(file("a", one), file("b", one)));
        says(new VrrpEvent.FileSays("b", 1));
        port.follow(files(file("b", one)));
        port.follow(files(file("a", one), file("b", one)));
        says(new VrrpEvent.FileSays("a", 1));
    }

    @Test
    void processesAreCountedAsTheyComeAndGo() throws Exception {
        String seconds = Long.toString(1_000_000 + System.nanoTime() % 1_000_000);
        TrackProcessSpec sleeps =
                new TrackProcessSpec(
                        "sleeps",
                        new ProcessPattern("sleep", List.of(seconds), Match.EXACT),
                        Weight.FAULT,
                        1,
                        Optional.empty(),
                        Duration.ZERO,
                        Duration.ZERO);
        Process one = new ProcessBuilder("sleep", seconds).start();
        while (!one.info().arguments().map(List::of).equals(Optional.of(List.of(seconds)))) {
            Thread.onSpinWait(); // It is still what made it.
        }
        Process other = null;
        try {
            port.follow(new Watching(List.of(), List.of(sleeps), List.of()));
            says(new VrrpEvent.ProcessesCounted("sleeps", 1));
            other = new ProcessBuilder("sleep", seconds).start();
            says(new VrrpEvent.ProcessesCounted("sleeps", 2));
            one.destroyForcibly();
            says(new VrrpEvent.ProcessesCounted("sleeps", 1));
        } finally {
            one.destroyForcibly();
            if (other != null) {
                other.destroyForcibly();
            }
        }
        says(new VrrpEvent.ProcessesCounted("sleeps", 0));
    }

    @Test
    void aLinkIsAskedAndFallsBackToWhatItsDriverKnows() throws Exception {
        port.follow(
                new Watching(
                        List.of(),
                        List.of(),
                        List.of(
                                new LinkWatchSpec(
                                        "lo",
                                        Optional.of(LinkWatchSpec.Poll.ANY),
                                        Duration.ZERO,
                                        Duration.ZERO),
                                new LinkWatchSpec(
                                        "nobody",
                                        Optional.of(LinkWatchSpec.Poll.ANY),
                                        Duration.ZERO,
                                        Duration.ZERO))));
        assertEquals(new WatchWord.Link("lo", true), next());
        assertTrue(
                log.lines.contains(
                        "Interface lo cannot be asked by MII, so it is asked by ETHTOOL"),
                log.lines.toString());
    }
}
