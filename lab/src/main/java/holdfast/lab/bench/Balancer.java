package holdfast.lab.bench;

import holdfast.lab.Daemon;
import holdfast.lab.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// What a director's kernel holds, as ipvsadm tells it.
///
/// @param host the director
record Balancer(Host host) {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int HEADINGS = 3;

    /// How a row begins, and one of the headings.
    private static final String ROW = "  -> ";

    /// Waits until all virtual servers have all their rows; says when that was seen, up to 0.1 s
    /// late.
    Instant awaitRows(Daemon daemon, Services services, Duration patience) {
        Instant end = Instant.now().plus(patience);
        // The last first: all of them are many lines.
        while (rows(services.last()) != services.each() || rows() != services.servers()) {
            if (Instant.now().isAfter(end) || !daemon.isRunning()) {
                throw new AssertionError("%d rows%n%s".formatted(rows(), tail(daemon)));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return Instant.now();
    }

    /// The rows of all virtual servers.
    int rows() {
        String table = host.run("cat", "/proc/net/ip_vs");
        return (int) table.lines().filter(line -> line.startsWith(ROW)).count() - 1;
    }

    /// The rows of a virtual server; -1 when there is no such one.
    int rows(String address) {
        var listed = host.attempt("ipvsadm", "-Ln", "-t", address + ":" + Services.PORT);
        return listed.succeeded() ? (int) listed.output().lines().count() - HEADINGS : -1;
    }

    /// Takes away what a killed daemon has left.
    void clear() {
        host.run("ipvsadm", "-C");
    }

    private static String tail(Daemon daemon) {
        String log = daemon.log();
        return log.substring(Math.max(0, log.length() - 2000));
    }
}
