package holdfast.daemon;

import java.io.IOException;
import java.io.PrintStream;

/// `holdfast release`: withdraws from the kernel what a killed daemon left there.
final class Release {

    private Release() {}

    /// @return what to exit with
    static int run(Options options, PrintStream console) throws IOException {
        ConfigSource.Outcome outcome = ConfigSource.of(options).read();
        if (!outcome.found()) {
            console.println("Cannot read the configuration file " + options.configFile());
            return ExitStatuses.NO_CONFIGURATION;
        }
        return ExitStatuses.OK;
    }
}
