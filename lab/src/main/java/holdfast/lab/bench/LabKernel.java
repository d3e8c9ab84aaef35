package holdfast.lab.bench;

import holdfast.lab.Software;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The kernel of the lab, which has IPVS where that of the machine does not. Time passes there as
/// it does outside.
final class LabKernel {

    private static final String SECONDS = "1800";

    private LabKernel() {}

    /// Whether it is not needed.
    static boolean hasIpvs() {
        return Files.exists(Path.of("/proc/net/ip_vs"));
    }

    /// Runs a benchmark under it; returns the section.
    static String measure(Benchmark benchmark, int runs) {
        Path root = Software.root();
        Path file = root.resolve("build/bench-" + benchmark.word() + ".md");
        List<String> command = new ArrayList<>(List.of(root.resolve("tools/guest").toString()));
        command.addAll(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dholdfast.root=" + root,
                        "-Dholdfast.program=" + Software.HOLDFAST.program(),
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "holdfast.lab/" + Bench.class.getName(),
                        "--inside=" + file,
                        "--runs=" + runs,
                        benchmark.word()));
        try {
            Files.deleteIfExists(file);
            ProcessBuilder guest = new ProcessBuilder(command).inheritIO();
            guest.environment().put("GUEST_SECONDS", SECONDS);
            int exit = guest.start().waitFor();
            if (exit != 0 || !Files.exists(file)) {
                throw new IllegalStateException(
                        "%s in the lab's kernel ended with %d".formatted(benchmark.word(), exit));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
