package holdfast.probe;

import java.util.EnumSet;
import java.util.Set;

/// What a pattern says of itself before it begins: `(*UTF)`, `(*UCP)`, ...
///
/// @param pattern what is left
record RegexPreamble(String pattern, Set<RegexOption> options) {

    static RegexPreamble of(String pattern, Set<RegexOption> options) throws RegexSyntax {
        Set<RegexOption> all = EnumSet.noneOf(RegexOption.class);
        all.addAll(options);
        String rest = pattern;
        while (rest.startsWith("(*")) {
            int end = rest.indexOf(')');
            if (end < 0) {
                break;
            }
            String word = rest.substring(2, end);
            switch (word) {
                case "UTF" -> all.add(allowed(RegexOption.UTF, RegexOption.NEVER_UTF, all));
                case "UCP" -> all.add(allowed(RegexOption.UCP, RegexOption.NEVER_UCP, all));
                case "NO_AUTO_POSSESS", "NO_DOTSTAR_ANCHOR", "NO_JIT", "NO_START_OPT", "LF" -> {
                    // What is found does not hang on them.
                }
                default -> throw new RegexSyntax("'(*" + word + ")' is not understood");
            }
            rest = rest.substring(end + 1);
        }
        allowed(RegexOption.UTF, RegexOption.NEVER_UTF, all);
        return new RegexPreamble(rest, all);
    }

    private static RegexOption allowed(
            RegexOption wanted, RegexOption never, Set<RegexOption> options) throws RegexSyntax {
        boolean used = wanted == RegexOption.UCP || options.contains(wanted);
        if (options.contains(never) && used) {
            throw new RegexSyntax("the options have " + never.word() + " beside " + wanted.word());
        }
        return wanted;
    }
}
