package holdfast.daemon;

import holdfast.config.DiagnosticPrinter;
import holdfast.linux.Namespaces;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// `-t`: says what is wrong with a configuration, for people, and exits with what kind it is.
final class ConfigTestRun {

    private ConfigTestRun() {}

    /// @return what to exit with
    static int run(Options options, Options.ConfigTest test, PrintStream console) {
        ConfigSource.Outcome outcome = read(options);
        String report =
                DiagnosticPrinter.print(outcome.loaded().diagnostics(), outcome.loaded().source());
        Optional<String> file = test.report();
        if (file.isEmpty()) {
            console.print(report);
            return outcome.loaded().exitStatus();
        }
        try {
            write(file.get(), report);
        } catch (IOException e) {
            console.println("Cannot write the report to " + file.get() + ": " + e.getMessage());
            return 1;
        }
        return outcome.loaded().exitStatus();
    }

    /// Reads where the daemon would run, if we may go there: it names the interfaces of that place.
    private static ConfigSource.Outcome read(Options options) {
        ConfigSource source = ConfigSource.of(options);
        Optional<String> said = options.namespace();
        if (said.isEmpty()) {
            ConfigSource.Outcome outcome = source.survey();
            said = outcome.loaded().configuration().global().namespaces().network();
            if (said.isEmpty()) {
                return outcome;
            }
        }
        Path namespace = Namespaces.named(said.get());
        if (Files.exists(namespace)) {
            try {
                Namespaces.enterNetwork(namespace);
            } catch (SyscallException ignored) {
                // Only root may; the rest of the text can be looked at all the same.
            }
        }
        return source.survey();
    }

    /// Adds a report to a file.
    static void write(String file, String report) throws IOException {
        Files.writeString(
                Path.of(file),
                report,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
