package holdfast.config;

import holdfast.config.SourceReader.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Everything that was read for a configuration, so that another process reads the very same.
///
/// @param files what reading each path came to, in the order of reading
/// @param matches the paths that each pattern meant
/// @param environment the variables that were asked for
public record SourceBundle(
        Reading reading,
        SequencedMap<String, Read> files,
        SequencedMap<Match, List<String>> matches,
        SequencedMap<String, Optional<String>> environment) {

    /// A pattern and the directory it was seen from.
    public record Match(String pattern, String directory) {}

    public SourceBundle {
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        matches = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(matches));
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /// Answers with what was read, and knows of nothing else.
    public SourceReader reader() {
        return new SourceReader() {
            @Override
            public Read read(String path) {
                Read read = files.get(path);
                return read == null ? new Read.Unreadable(true, "it was not read before") : read;
            }

            @Override
            public List<String> match(String pattern, String directory) {
                return matches.getOrDefault(new Match(pattern, directory), List.of());
            }
        };
    }

    /// One line of a file as it stands there; empty if it was not read.
    public Optional<String> line(String file, int number) {
        return switch (files.get(file)) {
            case Read.Text(String text) -> text.lines().skip(number - 1L).findFirst();
            case Read.Unreadable _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /// The bundle as bytes.
    public byte[] encode() {
        Strings.Writer out = new Strings.Writer();
        out.text(FORMAT).text(reading.path()).text(reading.directory()).text(reading.configId());
        out.number(reading.seed()).number(reading.strictIncludes() ? 1 : 0);
        out.number(files.size());
        for (Map.Entry<String, Read> file : files.entrySet()) {
            out.text(file.getKey());
            switch (file.getValue()) {
                case Read.Text(String text) -> out.number(TEXT).text(text);
                case Read.Unreadable(boolean missing, String reason) ->
                        out.number(missing ? MISSING : UNREADABLE).text(reason);
            }
        }
        out.number(matches.size());
        matches.forEach(
                (match, paths) -> {
                    out.text(match.pattern()).text(match.directory()).number(paths.size());
                    paths.forEach(out::text);
                });
        out.number(environment.size());
        environment.forEach(
                (name, value) ->
                        out.text(name).number(value.isPresent() ? 1 : 0).text(value.orElse("")));
        return out.bytes();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IllegalArgumentException for other bytes
    public static SourceBundle decode(byte[] bytes) {
        Strings.Reader in = new Strings.Reader(bytes);
        if (!in.text().equals(FORMAT)) {
            throw new IllegalArgumentException("not a bundle of configuration texts");
        }
        Reading reading =
                new Reading(in.text(), in.text(), in.text(), in.number(), in.number() == 1);
        SequencedMap<String, Read> files = new LinkedHashMap<>();
        for (long left = in.number(); left > 0; left--) {
            files.put(in.text(), file(in));
        }
        SequencedMap<Match, List<String>> matches = new LinkedHashMap<>();
        for (long left = in.number(); left > 0; left--) {
            matches.put(new Match(in.text(), in.text()), texts(in));
        }
        SequencedMap<String, Optional<String>> environment = new LinkedHashMap<>();
        for (long left = in.number(); left > 0; left--) {
            String name = in.text();
            boolean present = in.number() == 1;
            String value = in.text();
            environment.put(name, present ? Optional.of(value) : Optional.empty());
        }
        return new SourceBundle(reading, files, matches, environment);
    }

    private static Read file(Strings.Reader in) {
        long kind = in.number();
        String text = in.text();
        return kind == TEXT ? new Read.Text(text) : new Read.Unreadable(kind == MISSING, text);
    }

    private static List<String> texts(Strings.Reader in) {
        List<String> texts = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            texts.add(in.text());
        }
        return List.copyOf(texts);
    }

    private static final String FORMAT = "holdfast source bundle 1";
    private static final int TEXT = 0;
    private static final int MISSING = 1;
    private static final int UNREADABLE = 2;
}
