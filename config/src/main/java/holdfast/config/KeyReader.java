package holdfast.config;

import holdfast.config.HostFacts.KeyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/// Reads keys: as a text, as `hex:` and digits, or as `file:` and the path of either. A key is
/// never repeated in a complaint.
final class KeyReader {

    private final Context context;
    private final int least;
    private final int most;

    /// @param least octets that a key has
    KeyReader(Context context, int least, int most) {
        this.context = context;
        this.least = least;
        this.most = most;
    }

    /// The octets of a key, if it can be read and has a right length.
    Optional<byte[]> octets(Word word) {
        Optional<String> text =
                word.text().startsWith("file:") ? fromFile(word) : Optional.of(word.text());
        if (text.isEmpty()) {
            return Optional.empty();
        }
        byte[] octets;
        if (text.get().startsWith("hex:")) {
            try {
                octets = HexFormat.of().parseHex(text.get().substring("hex:".length()));
            } catch (IllegalArgumentException _) {
                context.findings().error(word, "a key after hex: has pairs of hexadecimal digits");
                return Optional.empty();
            }
        } else {
            octets = text.get().getBytes(StandardCharsets.UTF_8);
        }
        if (octets.length < least || octets.length > most) {
            context.findings().error(word, "a key has %d to %d octets".formatted(least, most));
            return Optional.empty();
        }
        return Optional.of(octets);
    }

    private Optional<String> fromFile(Word word) {
        String name = word.text().substring("file:".length());
        Path home = Optional.ofNullable(Path.of(word.at().file()).getParent()).orElse(Path.of(""));
        String path = home.resolve(name).toString();
        Optional<KeyFile> file = context.host().keyFile(path);
        if (file.isEmpty()) {
            context.findings().error(word, "cannot read a key from " + path);
        }
        if (file.isPresent() && file.get().readableByOthers()) {
            context.findings()
                    .add(
                            ErrorClass.SECURITY,
                            word.at(),
                            "others than its owner may read the key in " + path);
        }
        return file.map(one -> withoutLineEnd(one.text()));
    }

    private static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }
}
