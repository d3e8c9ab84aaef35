package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network of its own: hosts, wires, the programs that run in them, and a directory for their
/// files.
///
/// Closing it, or the end of this process, takes everything away. What a killed process left behind
/// is recognised by its name, which holds the process's id and start, and is removed when the next
/// lab opens. Confined to one thread, but for the hook at the end of the process.
public final class Lab implements AutoCloseable {

    private static final String PREFIX = "hf-";
    private static final Pattern GIVEN = Pattern.compile("(hf-[0-9]{1,10}-[0-9]+)-.+");
    private static final Path NAMESPACES = Path.of("/run/netns");

    private static int count;

    private final String name;
    private final Path directory;
    private final Thread hook = new Thread(this::remove, "lab-end");
    private int hosts;

    private Lab(String name, Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /// Opens an empty lab, after removing what dead processes left.
    public static Lab open() {
        reap();
        count++;
        String name = owner(ProcessHandle.current().pid()).orElseThrow() + "-" + count;
        try {
            Path directory = Path.of(System.getProperty("java.io.tmpdir"), name);
            Lab lab = new Lab(name, Files.createDirectories(directory).toRealPath());
            Runtime.getRuntime().addShutdownHook(lab.hook);
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new host: a network namespace whose loopback is up.
    public Host host(String label) {
        hosts++;
        Host host = new Host(this, label, "%s-%s".formatted(name, label));
        Programs.run("ip", "netns", "add", host.namespace());
        host.run("ip", "link", "set", "lo", "up");
        return host;
    }

    /// A new wire: a switch to plug hosts into.
    public Wire wire() {
        return new Wire(host("wire" + hosts));
    }

    /// Where the files of this lab are; it goes with the lab.
    public Path directory() {
        return directory;
    }

    /// Writes a file of this lab, and returns where it is.
    public Path file(String fileName, String text) {
        try {
            Path path = directory.resolve(fileName);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a script of this lab that everyone may run and only root may change.
    public Path script(String fileName, String text) {
        Path path = file(fileName, "#!/bin/sh\n" + text);
        Programs.run("chmod", "755", path.toString());
        return path;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        remove();
    }

    private void remove() {
        remove(name);
    }

    /// Removes the namespaces and directories of processes that are no more.
    static void reap() {
        List<String> names = new ArrayList<>(entries(NAMESPACES));
        names.addAll(entries(Path.of(System.getProperty("java.io.tmpdir"))));
        names.stream()
                .map(Lab::ownerIn)
                .flatMap(Optional::stream)
                .distinct()
                .filter(owner -> !isAlive(owner))
                .forEach(Lab::remove);
    }

    /// Ends what runs in the namespaces whose names begin like this, and removes them and the
    /// files.
    private static void remove(String beginning) {
        for (String namespace : entries(NAMESPACES)) {
            if (namespace.startsWith(beginning + "-")) {
                Programs.attempt(List.of("ip", "netns", "pids", namespace))
                        .output()
                        .lines()
                        .forEach(pid -> Programs.attempt(List.of("kill", "-9", pid)));
                Programs.attempt(List.of("ip", "netns", "delete", namespace));
            }
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (String entry : entries(temporary)) {
            if (entry.equals(beginning) || entry.startsWith(beginning + "-")) {
                delete(temporary.resolve(entry));
            }
        }
    }

    private static List<String> entries(Path directory) {
        try (var list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString())
                    .filter(entry -> entry.startsWith(PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // No directory, no leftovers.
        }
    }

    private static void delete(Path tree) {
        try (var all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("could not remove " + tree + ": " + e.getMessage());
        }
    }

    /// `hf-PID-START` for a live process; its id alone may have been another's before.
    private static Optional<String> owner(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of("%s%d-%s".formatted(PREFIX, pid, afterName[19]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The owner that a name begins with; empty for names that no lab has given.
    private static Optional<String> ownerIn(String entry) {
        Matcher matcher = GIVEN.matcher(entry);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean isAlive(String owner) {
        return owner(Long.parseLong(owner.split("-")[1])).equals(Optional.of(owner));
    }
}
