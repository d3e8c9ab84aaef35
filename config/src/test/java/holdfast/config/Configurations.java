package holdfast.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Loads configurations of the tests on a [FakeHost].
final class Configurations {

    private static final FakeHost HOST = new FakeHost(true);

    private Configurations() {}

    /// A file below a directory of the test, which stands for `/conf`.
    static Loaded load(Path root, String file) {
        return ConfigurationLoader.load(
                new Reading(
                        DirectoryReader.PLACE + "/" + file,
                        DirectoryReader.PLACE,
                        Reading.configId(Optional.empty(), HOST),
                        0,
                        false),
                new DirectoryReader(root),
                HOST);
    }

    /// A text that stands alone.
    static Loaded load(String text, FakeHost host) {
        SourceReader reader = new TextReader(Map.of("/conf/k.conf", text));
        return ConfigurationLoader.load(
                new Reading("/conf/k.conf", "/conf", "lb1", 0, false), reader, host);
    }

    static Loaded load(String text) {
        return load(text, HOST);
    }

    /// Texts by their paths.
    private record TextReader(Map<String, String> texts) implements SourceReader {
        @Override
        public Read read(String path) {
            return texts.containsKey(path)
                    ? new Read.Text(texts.getOrDefault(path, ""))
                    : new Read.Unreadable(true, "there is no such file");
        }

        @Override
        public List<String> match(String pattern, String directory) {
            return List.of();
        }
    }
}
