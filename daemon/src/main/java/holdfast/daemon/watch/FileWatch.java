package holdfast.daemon.watch;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Fd;
import holdfast.linux.Inotify;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.wire.LeadingNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Numbers in files. Their directories are watched, also the one that a link leads to; whatever
/// happens there has the files read again. Every second, a directory that is not there is looked
/// for.
///
/// Confined to one thread.
public final class FileWatch implements AutoCloseable {

    /// Who hears of numbers.
    public interface Listener {

        /// A file says something else than before, or something at all.
        void onNumber(String name, int number);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Notices in a turn; what is left over is reported again.
    private static final int READS_MAX = 100;

    /// More than any number takes.
    private static final int NUMBER_BYTES = 128;

    /// Where what happens to a name in a directory is news of a file.
    private record Place(Path directory, String name) {
        static Place of(Path path) {
            Path parent = path.getParent();
            return new Place(parent == null ? path : parent, path.getFileName().toString());
        }
    }

    /// @param link whether other names of the directory may lead elsewhere, too
    /// @param places its own, and where it leads
    private record Followed(Path path, boolean link, List<Place> places) {}

    private final Reporter reporter;
    private final Listener listener;
    private final Inotify inotify;
    private final Map<String, Followed> files = new LinkedHashMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<Path, Integer> watches = new HashMap<>();
    private final Set<Path> missing = new HashSet<>();
    private MonoTime lookAgainAt = MonoTime.NEVER;

    public FileWatch(Reporter reporter, Listener listener) throws SyscallException {
        this.reporter = reporter;
        this.listener = listener;
        this.inotify = Inotify.open();
    }

    /// What a loop watches for reading.
    public Fd fd() {
        return inotify.fd();
    }

    /// Watches these files, each under a name, and no others; reads all of them.
    public void follow(MonoTime now, Map<String, Path> wanted) {
        files.clear();
        wanted.forEach((name, path) -> files.put(name, followed(path)));
        told.keySet().retainAll(wanted.keySet());
        look(now, wanted.keySet());
    }

    /// Takes in what happened in the directories. One who writes a file may be in the middle of it,
    /// so only those are read of which there is word.
    public void onReadable(MonoTime now) {
        Set<String> affected = new HashSet<>();
        for (int i = 0; i < READS_MAX; i++) {
            List<Inotify.Notice> notices = inotify.read();
            if (notices.isEmpty()) {
                break;
            }
            notices.forEach(notice -> affect(notice, affected));
        }
        look(now, affected);
    }

    private void affect(Inotify.Notice notice, Set<String> affected) {
        boolean lost = notice.kind() == Inotify.Kind.LOST;
        boolean over = notice.kind() == Inotify.Kind.OVER;
        files.forEach(
                (name, file) -> {
                    for (Place place : file.places()) {
                        boolean here =
                                watches.getOrDefault(place.directory(), -1) == notice.watch();
                        boolean meant =
                                over
                                        || place.name().equals(notice.name())
                                        || (file.link() && notice.kind() == Inotify.Kind.CAME);
                        if (lost || (here && meant)) {
                            affected.add(name);
                        }
                    }
                });
        if (over) {
            watches.values().removeIf(watch -> watch == notice.watch());
        }
    }

    public MonoTime deadline() {
        return lookAgainAt;
    }

    public void onDeadline(MonoTime now) {
        if (!lookAgainAt.isAfter(now)) {
            look(now, Set.of());
        }
    }

    /// Watches first and reads then, so that nothing happens in between.
    private void look(MonoTime now, Set<String> affected) {
        files.replaceAll((name, file) -> affected.contains(name) ? followed(file.path()) : file);
        Set<Path> directories = new HashSet<>();
        for (Followed file : files.values()) {
            file.places().forEach(place -> directories.add(place.directory()));
        }
        Set<Path> fresh = watch(directories);
        lookAgainAt = missing.isEmpty() ? MonoTime.NEVER : now.plus(PATIENCE);
        files.forEach(
                (name, file) -> {
                    if (affected.contains(name)
                            || file.places().stream()
                                    .anyMatch(place -> fresh.contains(place.directory()))) {
                        read(name, file.path());
                    }
                });
    }

    private static Followed followed(Path path) {
        boolean link = Files.isSymbolicLink(path);
        List<Place> places = new ArrayList<>(List.of(Place.of(path)));
        if (link) {
            try {
                places.add(Place.of(path.toRealPath()));
            } catch (IOException ignored) {
                // It leads nowhere now; its own directory says when that changes.
            }
        }
        return new Followed(path, link, places);
    }

    /// Watches these directories and no others; says which were not watched before.
    private Set<Path> watch(Set<Path> directories) {
        for (Path old : List.copyOf(watches.keySet())) {
            if (!directories.contains(old)) {
                inotify.forget(watches.getOrDefault(old, -1));
                watches.remove(old);
            }
        }
        missing.retainAll(directories);
        Set<Path> fresh = new HashSet<>(directories);
        fresh.removeAll(watches.keySet());
        for (Path directory : List.copyOf(fresh)) {
            try {
                watches.put(directory, inotify.watch(directory));
                missing.remove(directory);
            } catch (SyscallException e) {
                fresh.remove(directory);
                if (missing.add(directory)) {
                    reporter.log(Level.WARNING, "Tracked files: " + e.getMessage());
                }
            }
        }
        return fresh;
    }

    private void read(String name, Path path) {
        int number = number(path);
        Integer before = told.put(name, number);
        if (before == null || before != number) {
            listener.onNumber(name, number);
        }
    }

    /// A file that is not there, or cannot be read, says 0.
    private static int number(Path path) {
        if (!Files.isRegularFile(path)) {
            return 0; // Others may make us wait.
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] text = in.readNBytes(NUMBER_BYTES);
            return LeadingNumber.of(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IOException ignored) {
            return 0;
        }
    }

    @Override
    public void close() {
        inotify.close();
    }
}
