package holdfast.daemon;

import holdfast.config.ConfigurationLoader;
import holdfast.config.HostFacts;
import holdfast.config.Loaded;
import holdfast.config.Reading;
import holdfast.config.SourceReader.Read;
import holdfast.daemon.host.HostFiles;
import holdfast.daemon.host.RealHost;

/// The configuration file of this daemon, to be read as often as somebody asks.
///
/// @param directory where the program was started: relative names begin there
record ConfigSource(Options options, String directory) {

    /// What reading came to.
    ///
    /// @param found whether there was a file to read
    record Outcome(Loaded loaded, boolean found) {}

    static ConfigSource of(Options options) {
        return new ConfigSource(options, System.getProperty("user.dir", "/"));
    }

    Outcome read() {
        HostFacts host = new RealHost();
        Reading reading =
                new Reading(
                        options.configFile(),
                        directory,
                        Reading.configId(options.configId(), host),
                        System.nanoTime(),
                        options.allConfig());
        Loaded loaded = ConfigurationLoader.load(reading, new HostFiles(), host);
        boolean found =
                loaded.source().files().values().stream().anyMatch(Read.Text.class::isInstance);
        return new Outcome(loaded, found);
    }
}
