package holdfast.daemon.balance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Looks on while nftables changes in a namespace (`nft monitor`).
final class Transactions implements AutoCloseable {

    private static final String ENDS = "# new generation ";

    private final String namespace;
    private final Process monitor;
    private final BufferedReader lines;

    Transactions(String namespace) {
        this.namespace = namespace;
        try {
            this.monitor = nft("monitor");
            this.lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    monitor.getInputStream(), StandardCharsets.UTF_8));
            // It is listening when it has seen something.
            int marks = 0;
            while (!lines.ready()) {
                mark("begin" + ++marks);
            }
            await("begin" + marks);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Process nft(String... words) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("ip", "netns", "exec", namespace, "nft"), Stream.of(words))
                        .toList();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void mark(String name) throws IOException, InterruptedException {
        nft("add", "table", "arp", name).waitFor();
        nft("delete", "table", "arp", name).waitFor();
    }

    /// How many there were before the last with this name.
    private int await(String name) throws IOException {
        int ended = 0;
        while (true) {
            String line = String.valueOf(lines.readLine());
            if (line.startsWith("null")) {
                throw new AssertionError("nft monitor ended");
            }
            if (line.startsWith("delete table arp " + name)) {
                lines.readLine();
                // The mark was made before it was removed.
                return ended - 1;
            }
            ended += line.startsWith(ENDS) ? 1 : 0;
        }
    }

    int count() throws IOException, InterruptedException {
        mark("end");
        return await("end");
    }

    @Override
    public void close() {
        monitor.destroy();
    }
}
