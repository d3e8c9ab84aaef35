package holdfast.config;

import java.util.List;

/// A file creation mask: a number as C writes them, or names of bits joined by `|`.
final class Umask {

    /// From the most significant bit, as `ls` shows them.
    private static final List<String> BITS =
            List.of(
                    "IRUSR", "IWUSR", "IXUSR", "IRGRP", "IWGRP", "IXGRP", "IROTH", "IWOTH",
                    "IXOTH");

    private static final List<String> TRIPLES = List.of("IRWXU", "IRWXG", "IRWXO");

    private Umask() {}

    static Scalar<Integer> read(String text) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            Scalar<Long> number = Scalars.integerOfAnyBase(text, 0, 0777);
            return number.value().isPresent()
                    ? Scalar.of(number.value().get().intValue())
                    : Scalar.refused(number.complaint().orElse(text));
        }
        int mask = 0;
        for (String name : text.split("\\|", -1)) {
            int bit = BITS.indexOf(name);
            int triple = TRIPLES.indexOf(name);
            if (bit < 0 && triple < 0) {
                return Scalar.refused("'" + name + "' names no bits of a file mode");
            }
            mask |= bit >= 0 ? 0400 >>> bit : 0700 >>> (3 * triple);
        }
        return Scalar.of(mask);
    }
}
