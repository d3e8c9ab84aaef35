package holdfast.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What an include may be strict about (`include_check`, and the letter behind `include`).
enum IncludeCheck {
    READABLE,
    MATCH,
    WILDCARD_MATCH,
    BRACE_MATCH;

    static Set<IncludeCheck> none() {
        return Collections.unmodifiableSet(EnumSet.noneOf(IncludeCheck.class));
    }

    static Set<IncludeCheck> all() {
        return Collections.unmodifiableSet(EnumSet.allOf(IncludeCheck.class));
    }

    /// The checks of one of the keywords; empty if it is no include at all.
    static Optional<Set<IncludeCheck>> ofKeyword(String keyword) {
        return switch (keyword) {
            case "include" -> Optional.of(none());
            case "includer" -> Optional.of(EnumSet.of(READABLE));
            case "includem" -> Optional.of(EnumSet.of(READABLE, MATCH));
            case "includew" -> Optional.of(EnumSet.of(READABLE, MATCH, WILDCARD_MATCH));
            case "includeb" -> Optional.of(EnumSet.of(READABLE, BRACE_MATCH));
            case "includea" -> Optional.of(all());
            default -> Optional.empty();
        };
    }

    /// The checks after an `include_check` statement.
    static Set<IncludeCheck> after(
            Set<IncludeCheck> before, List<Word> words, Complaints complaints) {
        if (words.isEmpty()) {
            return all();
        }
        boolean differs = words.stream().allMatch(word -> word.text().matches("[+-].*"));
        EnumSet<IncludeCheck> checks = EnumSet.noneOf(IncludeCheck.class);
        if (differs) {
            checks.addAll(before);
        }
        for (Word word : words) {
            String name = word.text().replaceFirst("^[+-]", "");
            Optional<Set<IncludeCheck>> named = ofOption(name);
            if (named.isEmpty()) {
                complaints.add(
                        Diagnostic.of(
                                        ErrorClass.GENERAL,
                                        word.at(),
                                        "'" + name + "' is not an include check")
                                .hint("expected readable, match, wildcard_match or brace_match"));
            } else if (word.text().startsWith("-")) {
                checks.remove(IncludeCheck.valueOf(name.toUpperCase(Locale.ROOT)));
            } else {
                checks.addAll(named.get());
            }
        }
        return Collections.unmodifiableSet(checks);
    }

    private static Optional<Set<IncludeCheck>> ofOption(String option) {
        return switch (option) {
            case "readable" -> ofKeyword("includer");
            case "match" -> ofKeyword("includem");
            case "wildcard_match" -> ofKeyword("includew");
            case "brace_match" -> ofKeyword("includeb");
            default -> Optional.empty();
        };
    }
}
