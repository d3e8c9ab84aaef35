package holdfast.daemon;

import holdfast.config.HouseSpec.ReloadSpec;
import holdfast.linux.EventLoop;
import holdfast.linux.Inotify;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/// Knows when the file of `reload_time_file` wants a reload. Confined to the thread of its loop.
final class ReloadClock implements AutoCloseable {

    /// The wall clock may be set meanwhile, so it is looked at now and then.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private static final int LINE_LETTERS_MAX = 100;

    /// Where remarks go.
    interface Log {
        void line(Level level, String text);
    }

    private final EventLoop loop;
    private final Clock clock;
    private final Log log;
    private ReloadSpec spec = ReloadSpec.PLAIN;
    private Optional<Inotify> watch = Optional.empty();
    private Optional<ReloadTime.At> next = Optional.empty();
    private MonoTime lookAt = MonoTime.NEVER;

    ReloadClock(EventLoop loop, Clock clock, Log log) {
        this.loop = loop;
        this.clock = clock;
        this.log = log;
    }

    /// From now on the file is this one, if any.
    void become(MonoTime now, ReloadSpec wanted) {
        boolean same = wanted.timeFile().equals(spec.timeFile()) && watch.isPresent();
        spec = wanted;
        if (!same) {
            close();
            if (spec.timeFile().isPresent()) {
                watch(Path.of(spec.timeFile().get()));
            }
        }
        look(now);
    }

    private void watch(Path file) {
        try {
            Inotify opened = Inotify.open();
            watch = Optional.of(opened);
            opened.watch(Optional.ofNullable(file.getParent()).orElse(file));
            String name = file.getFileName().toString();
            loop.watch(opened.fd(), now -> onNotices(now, opened, name));
        } catch (SyscallException e) {
            log.line(Level.ERROR, "reload_time_file: " + e.getMessage());
            close();
        }
    }

    private void onNotices(MonoTime now, Inotify from, String name) {
        boolean concerned = false;
        for (Inotify.Notice notice : from.read()) {
            concerned |= notice.name().isEmpty() || notice.name().equals(name);
        }
        if (concerned) {
            look(now);
        }
    }

    /// Reads the file, and sets the alarm.
    private void look(MonoTime now) {
        Optional<ReloadTime.At> before = next;
        next = spec.timeFile().map(Path::of).flatMap(this::read);
        lookAt = next.map(at -> now.plus(shorter(left(at)))).orElse(MonoTime.NEVER);
        if (next.isPresent() && !next.equals(before)) {
            log.line(Level.NOTICE, "A reload is scheduled for " + next.get().time());
        } else if (next.isEmpty() && before.isPresent()) {
            log.line(Level.NOTICE, "The scheduled reload is cancelled");
        }
    }

    private Optional<ReloadTime.At> read(Path file) {
        // A pipe would keep us waiting.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String line;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            char[] letters = new char[LINE_LETTERS_MAX];
            int count = Math.max(0, reader.read(letters));
            line = new String(letters, 0, count).lines().findFirst().orElse("");
        } catch (IOException e) {
            log.line(Level.WARNING, "reload_time_file cannot be read: " + e);
            return Optional.empty();
        }
        return switch (ReloadTime.parse(line, ZonedDateTime.now(clock))) {
            case ReloadTime.At at -> Optional.of(at);
            case ReloadTime.Past(var time) -> {
                log.line(Level.WARNING, "reload_time_file: " + time + " is over; ignored");
                yield Optional.empty();
            }
            case ReloadTime.Nonsense(var text) -> {
                log.line(Level.WARNING, "reload_time_file: '" + text + "' is not a time; ignored");
                yield Optional.empty();
            }
        };
    }

    private Duration left(ReloadTime.At at) {
        Duration left = Duration.between(clock.instant(), at.time().toInstant());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration left) {
        return left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
    }

    MonoTime deadline() {
        return lookAt;
    }

    /// Whether it is time now. Then the file has done its duty and is removed, unless the time
    /// returns each day.
    boolean isDue(MonoTime now) {
        if (lookAt.isAfter(now) || next.isEmpty()) {
            return false;
        }
        ReloadTime.At at = next.get();
        if (!left(at).isZero()) {
            lookAt = now.plus(shorter(left(at)));
            return false;
        }
        next = Optional.empty();
        lookAt = MonoTime.NEVER;
        boolean again = at.daily() && spec.repeat();
        if (!again) {
            remove();
        }
        look(now);
        return true;
    }

    private void remove() {
        try {
            Files.deleteIfExists(Path.of(spec.timeFile().orElseThrow()));
        } catch (IOException e) {
            log.line(Level.WARNING, "reload_time_file cannot be removed: " + e);
        }
    }

    @Override
    public void close() {
        watch.ifPresent(
                open -> {
                    loop.unwatch(open.fd());
                    open.close();
                });
        watch = Optional.empty();
        next = Optional.empty();
        lookAt = MonoTime.NEVER;
    }
}
