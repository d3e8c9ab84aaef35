package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Software;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What many fast sessions of BFD cost, and whether they hold.
final class Sessions {

    static final String TITLE = "64 sessions of BFD";

    private static final String MANNER =
            """
            64 sessions with a Holdfast on another host (IPv4, `min_tx` and `min_rx` 10 ms,
            `multiplier` 3), for 60 s after the start has settled, while a program that does
            nothing else keeps one processor busy. A session that goes down for silence is a
            false alarm, since nothing is ever cut; who cannot keep up with so many packets
            raises many, and sends fewer packets. Computing time is user and system time of
            all processes and threads, and for each packet that is sent one is heard.
            """;

    private static final int COUNT = 64;
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration SPAN = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long UNIT_PACKETS = 1000;
    private static final String UP = "Entering Up state";
    private static final String EXPIRED = "Local diagnostic - Control Detection Time Expired";

    /// What one side did in the span.
    private record Load(Duration each, long alarms, long collections, long packets, long bytes) {}

    /// A side, and how much it has done until now.
    private record Side(Host host, Daemon daemon, Path collections) {

        int count(String words) {
            return daemon.log().split(words, -1).length - 1;
        }

        Count now() {
            return new Count(
                    Usage.of(ProcessHandle.of(daemon.pid()).orElseThrow()),
                    count(EXPIRED),
                    pauses(),
                    sent());
        }

        /// Of the virtual machine, if there is one.
        private long pauses() {
            try (var lines = Files.lines(collections)) {
                return lines.filter(line -> line.contains("Pause")).count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Datagrams, in this namespace since it is there.
        private long sent() {
            List<String> lines =
                    host.run("cat", "/proc/net/snmp")
                            .lines()
                            .filter(line -> line.startsWith("Udp:"))
                            .toList();
            List<String> names = List.of(lines.getFirst().split(" "));
            return Long.parseLong(lines.getLast().split(" ")[names.indexOf("OutDatagrams")]);
        }
    }

    private record Count(Usage usage, long alarms, long collections, long sent) {

        Load since(Count before) {
            long packets = sent - before.sent;
            return new Load(
                    usage.cpu()
                            .minus(before.usage.cpu())
                            .multipliedBy(UNIT_PACKETS)
                            .dividedBy(packets),
                    alarms - before.alarms,
                    collections - before.collections,
                    packets,
                    usage.residentBytes());
        }
    }

    private Sessions() {}

    static Section measure(int runs) {
        var both = Both.byTurns(runs, (software, _) -> once(software));
        return new Section(
                TITLE,
                MANNER,
                List.of(
                        both.medianTime("computing for 1,000 packets, median", Load::each)
                                .aboveTheirsAtMost(0),
                        both.sum("false alarms, all runs", Load::alarms).atMost(0),
                        both.sum("garbage collections, all runs", Load::collections).atMost(0),
                        both.sum("packets sent, all runs", Load::packets),
                        both.medianMemory("resident, median", Load::bytes)));
    }

    private static Load once(Software software) {
        try (Site site = Site.open()) {
            Side measured = side(software, site.first(), 2, 3);
            Side neighbour = side(Software.HOLDFAST, site.second(), 3, 2);
            for (Side side : List.of(measured, neighbour)) {
                Await.until("all are up", PATIENCE, () -> side.count(UP) >= COUNT);
            }
            site.first()
                    .start(
                            "busy.log",
                            List.of("taskset", "-c", "0", "sh", "-c", "while :; do :; done"));
            LockSupport.parkNanos(SETTLING.toNanos());
            Count before = measured.now();
            LockSupport.parkNanos(SPAN.toNanos());
            Load load = measured.now().since(before);
            measured.daemon().kill();
            neighbour.daemon().kill();
            Bench.say("sessions, %s: %s".formatted(software, load));
            return load;
        }
    }

    private static Side side(Software software, Host host, int own, int others) {
        for (int number = 1; number <= COUNT; number++) {
            host.run("ip", "address", "add", address(own, number) + "/8", "dev", "eth0");
        }
        Path collections = host.lab().file(host.label() + "-collections.log", "");
        String option = "JDK_JAVA_OPTIONS=-Xlog:gc:file=" + collections;
        Daemon daemon =
                Daemon.of(software, host, text(own, others)).after(List.of("env", option)).start();
        return new Side(host, daemon, collections);
    }

    private static String text(int own, int others) {
        return IntStream.rangeClosed(1, COUNT)
                .mapToObj(
                        number ->
                                """
                                bfd_instance s%d {
                                  source_ip %s
                                  neighbor_ip %s
                                  min_tx 10
                                  min_rx 10
                                  multiplier 3
                                }
                                """
                                        .formatted(
                                                number,
                                                address(own, number),
                                                address(others, number)))
                .collect(Collectors.joining());
    }

    private static String address(int network, int number) {
        return "10.%d.0.%d".formatted(network, number);
    }
}
