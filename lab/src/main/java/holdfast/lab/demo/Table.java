package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the demonstration came to: times against their bounds, and requests by chapter.
final class Table {

    private record Time(String what, Duration took, Duration bound, String why) {}

    private record Chapter(String name, Instant start) {}

    private final List<Time> times = new ArrayList<>();
    private final List<Chapter> chapters = new ArrayList<>();

    void time(String what, Duration took, Duration bound, String why) {
        times.add(new Time(what, took, bound, why));
    }

    /// From now on, requests belong to this chapter.
    void chapter(String name) {
        chapters.add(new Chapter(name, Instant.now()));
    }

    /// Prints everything, and says whether all times kept their bounds.
    boolean print(Traffic traffic, Instant end) {
        System.out.printf("%n%-38s %8s %8s%n", "time", "took", "bound");
        boolean good = true;
        for (Time time : times) {
            boolean kept = time.took().compareTo(time.bound()) <= 0;
            good &= kept;
            System.out.printf(
                    "%-38s %6.2f s %6.2f s  %s%s%n",
                    time.what(),
                    Timeline.seconds(time.took()),
                    Timeline.seconds(time.bound()),
                    time.why(),
                    kept ? "" : "  MISSED");
        }
        System.out.printf("%n%-38s %8s %8s %8s%n", "requests", "sent", "answered", "failed");
        for (int index = 0; index < chapters.size(); index++) {
            Instant until = index + 1 < chapters.size() ? chapters.get(index + 1).start() : end;
            List<Request> requests = traffic.between(chapters.get(index).start(), until);
            row(chapters.get(index).name(), requests);
        }
        row("all", traffic.between(chapters.getFirst().start(), end));
        return good;
    }

    private static void row(String name, List<Request> requests) {
        long answered = requests.stream().filter(r -> r.answeredBy().isPresent()).count();
        System.out.printf(
                "%-38s %8d %8d %8d%n", name, requests.size(), answered, requests.size() - answered);
    }
}
