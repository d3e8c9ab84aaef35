package holdfast.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Text to [Configuration]: the entry point of this module.
public final class ConfigurationLoader {

    private static final KeywordTable TABLE = KeywordTable.load();

    private ConfigurationLoader() {}

    /// Reads the file that `reading` names, and what it includes.
    public static Loaded load(Reading reading, SourceReader reader, HostFacts host) {
        Parsed parsed = Language.read(reading, reader, host);
        return bind(parsed, host, Optional.empty(), true, new EarlierServices());
    }

    /// The same for somebody who leaves the virtual servers to another process: they are looked at
    /// one after the other, complained about, and counted, but none of them is kept.
    ///
    /// @param earlier the memory of this reader, in which the services are afterwards
    public static Loaded survey(
            Reading reading, SourceReader reader, HostFacts host, EarlierServices earlier) {
        Parsed parsed = Language.read(reading, reader, host);
        return bind(parsed, host, Optional.empty(), false, earlier);
    }

    /// Loads a text that was read before, perhaps by another process.
    ///
    /// @param marks of the configuration in use, if there is one
    /// @param earlier the memory of this reader, in which the services are afterwards
    public static Loaded load(
            SourceBundle source,
            HostFacts host,
            Optional<ServiceMarks> marks,
            EarlierServices earlier) {
        return bind(Language.replay(source), host, marks, true, earlier);
    }

    private static Loaded bind(
            Parsed parsed,
            HostFacts host,
            Optional<ServiceMarks> marks,
            boolean keeps,
            EarlierServices earlier) {
        Findings findings = new Findings();
        Configuration configuration =
                new Binder(TABLE, host, findings, marks, keeps, earlier).bind(parsed.root());
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        diagnostics.addAll(findings.all());
        List<String> files = List.copyOf(parsed.source().files().keySet());
        diagnostics.sort(
                Comparator.comparingInt((Diagnostic one) -> files.indexOf(one.at().file()))
                        .thenComparingInt(one -> one.at().line())
                        .thenComparingInt(one -> one.at().column()));
        boolean strictIncludeFailed =
                diagnostics.stream().anyMatch(one -> one.kind() == ErrorClass.INCLUDE);
        return new Loaded(
                configuration,
                ExitStatus.of(diagnostics),
                findings.bearable() && !strictIncludeFailed,
                diagnostics,
                parsed.source());
    }
}
