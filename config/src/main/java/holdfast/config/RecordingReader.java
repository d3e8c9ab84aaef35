package holdfast.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// Remembers all that was read through it. Reads each path and variable once.
///
/// Confined to one thread.
final class RecordingReader implements SourceReader {

    private final SourceReader reader;
    private final Function<String, Optional<String>> variables;
    private final SequencedMap<String, Read> files = new LinkedHashMap<>();
    private final SequencedMap<SourceBundle.Match, List<String>> matches = new LinkedHashMap<>();
    private final SequencedMap<String, Optional<String>> environment = new LinkedHashMap<>();

    RecordingReader(SourceReader reader, Function<String, Optional<String>> variables) {
        this.reader = reader;
        this.variables = variables;
    }

    @Override
    public Read read(String path) {
        return files.computeIfAbsent(path, reader::read);
    }

    @Override
    public List<String> match(String pattern, String directory) {
        return matches.computeIfAbsent(
                new SourceBundle.Match(pattern, directory),
                match -> List.copyOf(reader.match(match.pattern(), match.directory())));
    }

    Optional<String> variable(String name) {
        return environment.computeIfAbsent(name, variables);
    }

    SourceBundle bundle(Reading reading) {
        return new SourceBundle(reading, files, matches, environment);
    }
}
