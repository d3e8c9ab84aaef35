package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Servers that die, and how long the plane keeps them.
final class Deaths {

    private static final int COUNT = 40;
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(1);

    private Deaths() {}

    static Sample<Duration> measure(Software software) {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("lb");
            Process eyes = host.start("eyes.log", List.of("sleep", "infinity"));
            Path proc = Path.of("/proc", Long.toString(eyes.pid()));
            Await.until(
                    "eyes are in the host",
                    PATIENCE,
                    () -> text(proc.resolve("comm")).strip().equals("sleep"));
            Servers.start(host, PORT, COUNT);
            StringBuilder services = new StringBuilder();
            for (int i = 1; i <= COUNT; i++) {
                services.append(service(i));
            }
            Daemon daemon = Daemon.start(software, host, services.toString());
            Map<Integer, Instant> removals = watch(proc.resolve("net/ip_vs"), daemon);
            List<Duration> lasted = new ArrayList<>();
            Servers.log(host)
                    .lines()
                    .filter(line -> line.startsWith(Servers.DEATH))
                    .map(line -> line.split(" "))
                    .forEach(
                            words ->
                                    lasted.add(
                                            Duration.between(
                                                    Instant.parse(words[2]),
                                                    removals.get(Integer.parseInt(words[1])))));
            daemon.kill();
            new Balancer(host).clear();
            Sample<Duration> sample = Sample.of(lasted);
            Bench.say(
                    "death to removal, %s: median %s of %d"
                            .formatted(software, sample.median(), sample.count()));
            return sample;
        }
    }

    /// When the row of each port went away.
    private static Map<Integer, Instant> watch(Path table, Daemon daemon) {
        Map<Integer, Instant> removals = new HashMap<>();
        Set<Integer> present = new HashSet<>();
        Instant end = Instant.now().plus(PATIENCE);
        while (removals.size() < COUNT) {
            String text = text(table);
            Instant now = Instant.now();
            if (now.isAfter(end)) {
                throw new AssertionError(
                        "only %d are removed%n%s%s".formatted(removals.size(), text, daemon.log()));
            }
            for (int i = 1; i <= COUNT; i++) {
                boolean there = text.contains(row(i));
                if (there) {
                    present.add(PORT + i);
                } else if (present.contains(PORT + i)) {
                    removals.putIfAbsent(PORT + i, now);
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return removals;
    }

    /// As `/proc/net/ip_vs` names 127.0.0.1 and the port.
    private static String row(int number) {
        return "7F000001:%04X".formatted(PORT + number).toUpperCase(Locale.ROOT);
    }

    private static String service(int number) {
        return """
        virtual_server %s %d {
          delay_loop 1
          lb_algo rr
          lb_kind NAT
          protocol TCP
          real_server 127.0.0.1 %d {
            weight 1
            TCP_CHECK {
              connect_timeout 2
              retry 0
            }
          }
        }
        """
                .formatted(Services.address(number), Services.PORT, PORT + number);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
