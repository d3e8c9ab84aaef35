package holdfast.config;

import holdfast.config.SourceReader.Read;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Finds and reads the files that an include means, and complains as strictly as it was asked to
/// (configuration language specification, section 6).
final class Includes {

    /// A file that was read.
    ///
    /// @param directory what relative names in it are relative to
    record Opened(String path, String directory, String text) {}

    private final SourceReader reader;
    private final Complaints complaints;

    Includes(SourceReader reader, Complaints complaints) {
        this.reader = reader;
        this.complaints = complaints;
    }

    /// The files of one include, in the order to read them.
    List<Opened> open(
            String pattern, Set<IncludeCheck> checks, String directory, Diagnostic.Span at) {
        List<String> alternatives = Glob.alternatives(pattern);
        List<Opened> opened = new ArrayList<>();
        int found = 0;
        Set<IncludeCheck> failed = EnumSet.noneOf(IncludeCheck.class);
        for (String alternative : alternatives) {
            List<String> paths = reader.match(alternative, directory);
            if (paths.isEmpty() && alternatives.size() > 1) {
                failed.add(IncludeCheck.BRACE_MATCH);
            }
            found += paths.size();
            for (String path : paths) {
                open(resolve(directory, path), directory, checks, at, opened);
            }
        }
        if (found == 0) {
            failed.add(
                    Glob.hasWildcards(pattern) ? IncludeCheck.WILDCARD_MATCH : IncludeCheck.MATCH);
        }
        if (!failed.isEmpty()) {
            complain(
                    failed.stream().anyMatch(checks::contains),
                    at,
                    found == 0
                            ? "no file matches '" + pattern + "'"
                            : "not every alternative of '" + pattern + "' matches a file");
        }
        return opened;
    }

    private void open(
            String path,
            String directory,
            Set<IncludeCheck> checks,
            Diagnostic.Span at,
            List<Opened> opened) {
        switch (reader.read(path)) {
            case Read.Text(String text) -> opened.add(opened(path, directory, text));
            case Read.Unreadable(_, String reason) ->
                    complain(
                            checks.contains(IncludeCheck.READABLE),
                            at,
                            "cannot read '%s': %s".formatted(path, reason));
        }
    }

    private void complain(boolean strict, Diagnostic.Span at, String message) {
        complaints.add(strict ? ErrorClass.INCLUDE : ErrorClass.NOTE, at, message);
    }

    /// A path as seen from a directory.
    static String resolve(String directory, String path) {
        if (path.startsWith("/") || directory.isEmpty()) {
            return path;
        }
        return directory.endsWith("/") ? directory + path : directory + "/" + path;
    }

    /// A text with the directory of its file; a bare name stays in the directory it was seen from.
    static Opened opened(String path, String directory, String text) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return new Opened(path, directory, text);
        }
        return new Opened(path, slash == 0 ? "/" : path.substring(0, slash), text);
    }
}
