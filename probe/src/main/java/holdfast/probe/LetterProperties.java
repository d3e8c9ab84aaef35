package holdfast.probe;

import java.util.Map;
import java.util.function.IntPredicate;

/// The properties of Unicode that patterns may ask for: categories and scripts.
final class LetterProperties {

    private static final Map<String, Integer> CATEGORIES =
            Map.ofEntries(
                    Map.entry("Lu", 1 << Character.UPPERCASE_LETTER),
                    Map.entry("Ll", 1 << Character.LOWERCASE_LETTER),
                    Map.entry("Lt", 1 << Character.TITLECASE_LETTER),
                    Map.entry("Lm", 1 << Character.MODIFIER_LETTER),
                    Map.entry("Lo", 1 << Character.OTHER_LETTER),
                    Map.entry("Mn", 1 << Character.NON_SPACING_MARK),
                    Map.entry("Mc", 1 << Character.COMBINING_SPACING_MARK),
                    Map.entry("Me", 1 << Character.ENCLOSING_MARK),
                    Map.entry("Nd", 1 << Character.DECIMAL_DIGIT_NUMBER),
                    Map.entry("Nl", 1 << Character.LETTER_NUMBER),
                    Map.entry("No", 1 << Character.OTHER_NUMBER),
                    Map.entry("Pc", 1 << Character.CONNECTOR_PUNCTUATION),
                    Map.entry("Pd", 1 << Character.DASH_PUNCTUATION),
                    Map.entry("Ps", 1 << Character.START_PUNCTUATION),
                    Map.entry("Pe", 1 << Character.END_PUNCTUATION),
                    Map.entry("Pi", 1 << Character.INITIAL_QUOTE_PUNCTUATION),
                    Map.entry("Pf", 1 << Character.FINAL_QUOTE_PUNCTUATION),
                    Map.entry("Po", 1 << Character.OTHER_PUNCTUATION),
                    Map.entry("Sm", 1 << Character.MATH_SYMBOL),
                    Map.entry("Sc", 1 << Character.CURRENCY_SYMBOL),
                    Map.entry("Sk", 1 << Character.MODIFIER_SYMBOL),
                    Map.entry("So", 1 << Character.OTHER_SYMBOL),
                    Map.entry("Zs", 1 << Character.SPACE_SEPARATOR),
                    Map.entry("Zl", 1 << Character.LINE_SEPARATOR),
                    Map.entry("Zp", 1 << Character.PARAGRAPH_SEPARATOR),
                    Map.entry("Cc", 1 << Character.CONTROL),
                    Map.entry("Cf", 1 << Character.FORMAT),
                    Map.entry("Cs", 1 << Character.SURROGATE),
                    Map.entry("Co", 1 << Character.PRIVATE_USE),
                    Map.entry("Cn", 1 << Character.UNASSIGNED));

    private LetterProperties() {}

    static IntPredicate of(String name) throws RegexSyntax {
        switch (name) {
            case "Any" -> {
                return letter -> letter >= 0;
            }
            case "Xan" -> {
                return letter -> isIn(letter, bits("L") | bits("N"));
            }
            case "Xwd" -> {
                return letter -> letter == '_' || isIn(letter, bits("L") | bits("N"));
            }
            case "Xsp", "Xps" -> {
                return Letters::isUnicodeSpace;
            }
            case "L&" -> {
                return letter -> isIn(letter, bits("Lu") | bits("Ll") | bits("Lt"));
            }
            default -> {
                int bits = bits(name);
                return bits == 0 ? script(name) : letter -> isIn(letter, bits);
            }
        }
    }

    private static boolean isIn(int letter, int bits) {
        return (bits >> Character.getType(letter) & 1) != 0;
    }

    /// A category, or all whose names begin with one letter.
    private static int bits(String name) {
        if (name.length() != 1) {
            return CATEGORIES.getOrDefault(name, 0);
        }
        int bits = 0;
        for (Map.Entry<String, Integer> each : CATEGORIES.entrySet()) {
            bits |= each.getKey().startsWith(name) ? each.getValue() : 0;
        }
        return bits;
    }

    private static IntPredicate script(String name) throws RegexSyntax {
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name);
            return letter -> Character.UnicodeScript.of(letter) == script;
        } catch (IllegalArgumentException _) {
            throw new RegexSyntax("there is no property '" + name + "'");
        }
    }
}
