package holdfast.lab.bench;

import holdfast.lab.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Measures what it is asked for, `[--runs=N] [NAME...]`, and writes it to `docs/benchmarks.md`.
public final class Bench {

    private static final String RUNS = "--runs=";

    /// By this one that runs in the lab's kernel is told where to leave its sections.
    private static final String INSIDE = "--inside=";

    private static final String INTRODUCTION =
            """
            # Benchmarks

            Written by `make bench`; do not edit. Every figure was measured of both programs
            in the same run, by turns, in network namespaces made for it. The ratio is
            Holdfast's figure in parts of keepalived's. Compare the columns and not two
            machines: a busy machine is late by itself, and the load before and after says
            how busy it was.
            """;

    private Bench() {}

    /// @param args which benchmarks, all when none is named, and how many runs instead of the
    /// usual
    public static void main(String[] args) throws IOException {
        Set<Benchmark> chosen = EnumSet.noneOf(Benchmark.class);
        OptionalInt runs = OptionalInt.empty();
        Optional<Path> inside = Optional.empty();
        for (String arg : args) {
            if (arg.matches(RUNS + "[1-9][0-9]{0,3}")) {
                runs = OptionalInt.of(Integer.parseInt(arg.substring(RUNS.length())));
            } else if (arg.startsWith(INSIDE)) {
                inside = Optional.of(Path.of(arg.substring(INSIDE.length())));
            } else if (Benchmark.named(arg).isPresent()) {
                chosen.add(Benchmark.named(arg).get());
            } else {
                refuse(arg);
            }
        }
        if (chosen.isEmpty()) {
            chosen = EnumSet.allOf(Benchmark.class);
        }
        if (inside.isPresent()) {
            Files.writeString(inside.get(), String.join("\n", measure(chosen, runs, _ -> {})));
        } else {
            measure(chosen, runs, Bench::write);
        }
    }

    /// Says how it goes, to whoever waits.
    static void say(String line) {
        System.err.println(line);
    }

    /// What becomes of the sections that there are up to now.
    private interface Keeper {
        void keep(List<String> sections) throws IOException;
    }

    private static List<String> measure(Set<Benchmark> chosen, OptionalInt runs, Keeper keeper)
            throws IOException {
        say("measuring %s beside keepalived".formatted(Software.HOLDFAST.program()));
        List<String> sections = new ArrayList<>();
        List<Figure> missed = new ArrayList<>();
        for (Benchmark benchmark : chosen) {
            int count = runs.orElse(benchmark.usualRuns());
            if (benchmark.needsIpvs() && !LabKernel.hasIpvs()) {
                sections.add(LabKernel.measure(benchmark, count));
                keeper.keep(sections);
                continue;
            }
            String load = Machine.load();
            Section section = benchmark.measure(count);
            String circumstances =
                    "`tools/bench --runs=%d %s` on %s: %s; load %s before, %s after."
                            .formatted(
                                    count,
                                    benchmark.word(),
                                    LocalDate.now(Clock.systemUTC()),
                                    Machine.words(),
                                    load,
                                    Machine.load());
            sections.add(section.markdown(circumstances));
            missed.addAll(section.missed());
            System.out.println(sections.getLast());
            keeper.keep(sections);
        }
        missed.forEach(figure -> say("missed: %s".formatted(figure.row())));
        return sections;
    }

    private static void write(List<String> sections) throws IOException {
        Path page = Software.root().resolve("docs/benchmarks.md");
        String old = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, Document.update(old, INTRODUCTION, Benchmark.titles(), sections));
    }

    private static void refuse(String arg) {
        say(
                "no such benchmark: %s (%s), and --runs=N says how many runs"
                        .formatted(
                                arg,
                                String.join(
                                        " ",
                                        EnumSet.allOf(Benchmark.class).stream()
                                                .map(Benchmark::word)
                                                .toList())));
        System.exit(2);
    }
}
