package holdfast.config;

import java.util.Optional;
import java.util.Set;

/// Checks a policy rule as `ip-rule(8)` writes it.
final class RuleLine {

    private static final Set<String> ACTIONS =
            Set.of(
                    "table",
                    "lookup",
                    "goto",
                    "nop",
                    "blackhole",
                    "unreachable",
                    "prohibit",
                    "l3mdev");

    private static final Set<String> PREFERENCES = Set.of("preference", "order", "priority");

    private RuleLine() {}

    static void check(KeywordTable table, String path, LineWords words, Findings findings) {
        Word first = words.next();
        words.back();
        boolean action = false;
        boolean preference = false;
        while (words.hasNext()) {
            Word word = words.next();
            Optional<Keyword> row = table.find(path, word.text());
            if (row.isEmpty()) {
                OptionLines.unknown(table.of(path), word, findings);
                return;
            }
            if (!OptionLines.value(row.get(), word, words, findings)) {
                return;
            }
            action |= ACTIONS.contains(word.text());
            preference |= PREFERENCES.contains(word.text());
        }
        if (!action) {
            findings.error(first, "the rule does nothing", "give it a table, or another action");
        }
        if (!preference) {
            findings.warning(first, "the rule has no preference; one is made up");
        }
    }
}
