package holdfast.config;

import holdfast.config.SourceReader.Read;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the text of a configuration as statements. Pure: files, variables, and chance come from
/// its arguments.
public final class Language {

    private Language() {}

    /// Reads the file that `reading` names, and what it includes.
    public static Parsed read(Reading reading, SourceReader reader, HostFacts host) {
        return read(reading, reader, host::environment, Preprocessor.Limits.USUAL);
    }

    /// Reads the same text again. The outcome is the same as the first time.
    public static Parsed replay(SourceBundle source) {
        return read(
                source.reading(),
                source.reader(),
                name -> source.environment().getOrDefault(name, Optional.empty()),
                Preprocessor.Limits.USUAL);
    }

    static Parsed read(
            Reading reading,
            SourceReader reader,
            Function<String, Optional<String>> environment,
            Preprocessor.Limits limits) {
        return read(reading, reader, environment, limits, true);
    }

    /// @param leaves whether blocks may be left in the text until somebody wants their statements
    static Parsed read(
            Reading reading,
            SourceReader reader,
            Function<String, Optional<String>> environment,
            Preprocessor.Limits limits,
            boolean leaves) {
        RecordingReader recorder = new RecordingReader(reader, environment);
        Complaints complaints = new Complaints();
        Includes includes = new Includes(recorder, complaints);
        String path = Includes.resolve(reading.directory(), reading.path());
        Read read = recorder.read(path);
        // Not a switch: the JVM makes the code behind the first of them in 10 ms, at each start.
        if (read instanceof Read.Unreadable(boolean missing, String reason)) {
            return new Parsed(
                    List.of(),
                    List.of(withoutTop(reading, path, missing, reason)),
                    false,
                    recorder.bundle(reading));
        }
        Dice dice = new Dice(reading.seed());
        Definitions definitions =
                new Definitions(
                        reading.configId(),
                        limits.replacements(),
                        recorder::variable,
                        dice,
                        complaints);
        Preprocessor preprocessor =
                new Preprocessor(reading, limits, definitions, includes, complaints);
        String text = ((Read.Text) read).text();
        preprocessor.begin(Includes.opened(path, reading.directory(), text));
        List<Statement> root =
                new StatementParser(preprocessor, limits.depth(), leaves, complaints).parse();
        // So that the same text is the same bundle.
        Reading asked = dice.isRolled() ? reading : reading.withoutSeed();
        return new Parsed(root, complaints.all(), true, recorder.bundle(asked));
    }

    /// Without a top file there is nothing to complain about, unless strictness was asked for.
    private static Diagnostic withoutTop(
            Reading reading, String path, boolean missing, String reason) {
        return Diagnostic.of(
                reading.strictIncludes() ? ErrorClass.FILE_NOT_FOUND : ErrorClass.NOTE,
                new Diagnostic.Span(path, 1, 1),
                missing
                        ? "there is no such configuration file"
                        : "cannot read the configuration file: " + reason);
    }
}
