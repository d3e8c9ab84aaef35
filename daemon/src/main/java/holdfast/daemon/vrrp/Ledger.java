package holdfast.daemon.vrrp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What must be undone one day, in a file, so that the successor of a killed process can do it.
///
/// It names only what may be there no more, or be changed: whoever reads it looks before he acts.
/// The file is gone when nothing is left to undo. Confined to one thread.
final class Ledger {

    /// A parameter of the kernel that was changed.
    ///
    /// @param index the interface it belongs to, or 0
    record Setting(String key, int index, String before, String ours) {}

    private final Path file;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<String, Integer> links = new LinkedHashMap<>();

    private Ledger(Path file) {
        this.file = file;
    }

    /// The ledger of a network namespace, and what a predecessor left in it.
    ///
    /// @param file one for each namespace and daemon in it
    static Ledger read(Path file) throws IOException {
        Ledger ledger = new Ledger(file);
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(ledger::readLine);
        }
        return ledger;
    }

    private void readLine(String line) {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 5 && words[0].equals("set")) {
                int index = Integer.parseInt(words[2]);
                settings.put(words[1], new Setting(words[1], index, words[3], words[4]));
            } else if (words.length == 3 && words[0].equals("link")) {
                links.put(words[1], Integer.parseInt(words[2]));
            }
        } catch (NumberFormatException ignored) {
            // Whoever wrote this was not one of us.
        }
    }

    /// What was set, oldest first.
    List<Setting> settings() {
        return new ArrayList<>(settings.values());
    }

    /// The interfaces that were made: their numbers by their names.
    Map<String, Integer> links() {
        return links;
    }

    void put(Setting setting) {
        settings.put(setting.key(), setting);
    }

    void remove(Setting setting) {
        settings.remove(setting.key(), setting);
    }

    /// Writes all of it, before anything of it is done.
    void save() throws IOException {
        if (settings.isEmpty() && links.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Setting one : settings.values()) {
            text.append("set ").append(one.key()).append(' ').append(one.index());
            text.append(' ').append(one.before()).append(' ').append(one.ours()).append('\n');
        }
        links.forEach(
                (name, index) ->
                        text.append("link ").append(name).append(' ').append(index).append('\n'));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(next.toAbsolutePath().getParent());
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
