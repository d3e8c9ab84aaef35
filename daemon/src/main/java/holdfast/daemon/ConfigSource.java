package holdfast.daemon;

import holdfast.config.ConfigurationLoader;
import holdfast.config.EarlierServices;
import holdfast.config.HostFacts;
import holdfast.config.Loaded;
import holdfast.config.Reading;
import holdfast.config.SourceReader.Read;
import holdfast.daemon.host.HostFiles;
import holdfast.daemon.host.RealHost;
import java.util.Optional;

/// The configuration file of this daemon, to be read as often as somebody asks.
///
/// @param directory where the program was started: relative names begin there
/// @param earlier what need not be looked at again
record ConfigSource(Options options, String directory, EarlierServices earlier) {

    /// What reading came to. It holds all the text, until somebody has taken it.
    static final class Outcome {

        private final boolean found;
        private Optional<Loaded> loaded;

        Outcome(Loaded loaded, boolean found) {
            this.loaded = Optional.of(loaded);
            this.found = found;
        }

        Loaded loaded() {
            return loaded.orElseThrow();
        }

        /// Whether there was a file to read.
        boolean found() {
            return found;
        }

        /// The same as [#loaded], and lets go of it.
        Loaded take() {
            Loaded taken = loaded();
            loaded = Optional.empty();
            return taken;
        }
    }

    static ConfigSource of(Options options) {
        return new ConfigSource(
                options, System.getProperty("user.dir", "/"), new EarlierServices());
    }

    /// All of it, with the virtual servers.
    Outcome read() {
        return read(true);
    }

    /// All of it but the virtual servers: of them, what is wrong and how many there are.
    Outcome survey() {
        return read(false);
    }

    private Outcome read(boolean withServices) {
        HostFacts host = new RealHost();
        Reading reading =
                new Reading(
                        options.configFile(),
                        directory,
                        Reading.configId(options.configId(), host),
                        System.nanoTime(),
                        options.allConfig());
        HostFiles files = new HostFiles();
        Loaded loaded =
                withServices
                        ? ConfigurationLoader.load(reading, files, host)
                        : ConfigurationLoader.survey(reading, files, host, earlier);
        boolean found =
                loaded.source().files().values().stream().anyMatch(Read.Text.class::isInstance);
        return new Outcome(loaded, found);
    }
}
