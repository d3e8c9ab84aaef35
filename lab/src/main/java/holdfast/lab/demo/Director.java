package holdfast.lab.demo;

import holdfast.lab.AddressChange;
import holdfast.lab.AddressWatch;
import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Software;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A host that runs Holdfast, and all that can be seen of it from outside: its addresses come and
/// go in its kernel, and it writes to its notify FIFO.
final class Director implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    final Host host;
    final int priority;
    private final String realAddress;
    private final Path fifo;
    private final Notices notices;
    private final AddressWatch addresses;
    private final Daemon daemon;

    Director(Host host, int priority, String realAddress) {
        this.host = host;
        this.priority = priority;
        this.realAddress = realAddress;
        this.fifo = host.lab().directory().resolve(host.label() + ".fifo");
        host.run("mkfifo", fifo.toString());
        this.notices = new Notices(fifo);
        this.addresses = AddressWatch.start(host);
        this.daemon = Daemon.of(Software.HOLDFAST, host, configuration(1));
    }

    Instant start() {
        Instant at = Instant.now();
        daemon.start();
        return at;
    }

    /// Dies without a word to anybody.
    Instant kill() {
        return daemon.kill();
    }

    /// Is asked to stop, and does; returns when it was asked.
    Instant stop() {
        return daemon.stop();
    }

    /// Loads a configuration in which web1 has this weight.
    Instant reload(int weight) {
        return daemon.reload(configuration(weight));
    }

    private String configuration(int weight) {
        return new Site(host.label(), fifo, priority, weight).configuration();
    }

    /// Waits until it owns both virtual addresses, and says when the later one came.
    Instant awaitAddresses(Instant since) {
        return await("owns " + Site.VIP + " and " + Site.GATEWAY, () -> owned(since));
    }

    private Optional<Instant> owned(Instant since) {
        Optional<Instant> front = addresses.added(Site.VIP, since);
        Optional<Instant> back = addresses.added(Site.GATEWAY, since);
        return front.flatMap(at -> back.map(other -> at.isAfter(other) ? at : other));
    }

    /// Waits until it says that it has this role, and says when it did.
    Instant awaitRole(String role, Instant since) {
        return await(
                "says that it is " + role,
                () ->
                        notices.first(since, Site.ROLE_NOTICE, "")
                                .flatMap(_ -> lastRole(since))
                                .filter(notice -> Site.role(notice.line()).equals(role))
                                .map(Notice::at));
    }

    private Optional<Notice> lastRole(Instant since) {
        return notices.since(since).stream()
                .filter(notice -> notice.line().startsWith(Site.ROLE_NOTICE))
                .max(Comparator.comparing(Notice::at));
    }

    /// Waits until it says that a web server is in service (`UP`) or not (`DOWN`).
    Instant awaitServer(int number, String state, Instant since) {
        return await(
                "says that web" + number + " is " + state,
                () -> notices.first(since, Site.serverNotice(number), " " + state).map(Notice::at));
    }

    private Instant await(String what, Supplier<Optional<Instant>> source) {
        return Await.value(host.label() + " " + what, LIMIT, source, () -> "");
    }

    /// The roles it took since a moment, in order.
    List<String> roles(Instant since) {
        return notices.since(since).stream()
                .map(Notice::line)
                .filter(line -> line.startsWith(Site.ROLE_NOTICE))
                .map(Site::role)
                .toList();
    }

    /// The virtual addresses that came or went since a moment.
    List<AddressChange> changes(Instant since) {
        return addresses.changes().stream()
                .filter(change -> !change.at().isBefore(since))
                .filter(change -> List.of(Site.VIP, Site.GATEWAY).contains(change.address()))
                .toList();
    }

    boolean ownsNothing() {
        return !host.owns(Site.VIP) && !host.owns(Site.GATEWAY);
    }

    String name() {
        return host.label();
    }

    String realAddress() {
        return realAddress;
    }

    String log() {
        return daemon.log();
    }

    @Override
    public void close() {
        addresses.close();
    }
}
