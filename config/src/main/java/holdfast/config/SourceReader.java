package holdfast.config;

import java.util.List;

/// How the text of a configuration and of its includes is got.
public interface SourceReader {

    /// Reads one file. A directory, a device, and a file with an execute bit are not readable.
    Read read(String path);

    /// What reading came to.
    sealed interface Read {
        record Text(String text) implements Read {}

        /// @param reason in words, for example `permission denied`
        record Unreadable(boolean missing, String reason) implements Read {}
    }

    /// The paths that match a pattern with wildcards and `{a,b}` alternatives, sorted. A pattern
    /// without wildcards matches itself if the file exists.
    ///
    /// @param directory what a relative pattern is relative to
    List<String> match(String pattern, String directory);
}
