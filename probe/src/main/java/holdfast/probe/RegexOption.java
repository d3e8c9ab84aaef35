package holdfast.probe;

import java.util.Locale;
import java.util.Optional;

/// The words of `regex_options`, which are those of PCRE2.
///
/// Some say how PCRE2 shall work, or what it shall refuse to change; what is found does not hang on
/// them.
public enum RegexOption {
    ALLOW_EMPTY_CLASS,
    ALT_BSUX,
    AUTO_CALLOUT,
    CASELESS,
    DOLLAR_ENDONLY,
    DOTALL,
    DUPNAMES,
    EXTENDED,
    FIRSTLINE,
    MATCH_UNSET_BACKREF,
    MULTILINE,
    NEVER_UCP,
    NEVER_UTF,
    NO_AUTO_CAPTURE,
    NO_AUTO_POSSESS,
    NO_DOTSTAR_ANCHOR,
    NO_START_OPTIMIZE,
    UCP,
    UNGREEDY,
    UTF,
    NEVER_BACKSLASH_C,
    ALT_CIRCUMFLEX,
    ALT_VERBNAMES,
    USE_OFFSET_LIMIT;

    /// The option of a word of the configuration.
    public static Optional<RegexOption> of(String word) {
        for (RegexOption option : values()) {
            if (option.word().equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
