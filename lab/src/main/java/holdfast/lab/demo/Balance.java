package holdfast.lab.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the demonstration came to: times against what the protocol allows, requests by chapter, and
/// whether each claim came true.
final class Balance {

    /// What a busy machine may add to a time of the protocol.
    static final Duration NOISE = Duration.ofMillis(200);

    private static final String ROW = "  %-26s %8s %8s %8s %7s %7s %7s%n";

    private record Time(String what, Duration took, Duration allowed, String why) {
        boolean isKept() {
            return took.compareTo(allowed.plus(NOISE)) <= 0;
        }
    }

    private record Chapter(String name, Instant start) {}

    private record Gap(Instant from, Instant to) {
        boolean contains(Instant at) {
            return !at.isBefore(from) && !at.isAfter(to);
        }
    }

    private record Claim(String text, boolean holds) {}

    private final List<Time> times = new ArrayList<>();
    private final List<Chapter> chapters = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    void time(String what, Duration took, Duration allowed, String why) {
        times.add(new Time(what, took, allowed, why));
    }

    /// From now on, requests belong to this chapter.
    void chapter(String name) {
        chapters.add(new Chapter(name, Instant.now()));
    }

    /// Between these moments somebody was gone and nobody could know it yet, so requests may fail.
    void gap(Instant from, Instant to) {
        gaps.add(new Gap(from.minus(NOISE), to.plus(NOISE)));
    }

    void claim(String text, boolean holds) {
        claims.add(new Claim(text, holds));
    }

    /// Prints everything, and says whether all of it came true.
    boolean print(Traffic traffic, Instant end) {
        printTimes();
        printRequests(traffic, end);
        long unexcused =
                traffic.between(chapters.getFirst().start(), end).stream()
                        .filter(request -> !request.isAnswered())
                        .filter(request -> gaps.stream().noneMatch(g -> g.contains(request.at())))
                        .count();
        claim("each change was in time", times.stream().allMatch(Time::isKept));
        claim(
                "no request failed but in the moments in which somebody was gone"
                        + (unexcused == 0 ? "" : " (%d did)".formatted(unexcused)),
                unexcused == 0);
        System.out.println();
        for (Claim claim : claims) {
            System.out.printf(
                    "  %s  %s%n", Timeline.verdict(claim.holds(), "yes", "NO "), claim.text());
        }
        return claims.stream().allMatch(Claim::holds);
    }

    private void printTimes() {
        Timeline.chapter("How long it took");
        System.out.printf("  %-34s %8s  %8s%n", "", "took", "allowed");
        for (Time time : times) {
            System.out.printf(
                    "  %-34s %6.2f s  %6.2f s  %s%s%n",
                    time.what(),
                    Timeline.seconds(time.took()),
                    Timeline.seconds(time.allowed()),
                    time.why(),
                    time.isKept() ? "" : Timeline.verdict(false, "", "  LATE"));
        }
        System.out.printf(
                "  (%.1f s more is forgiven: this machine does other things too)%n",
                Timeline.seconds(NOISE));
    }

    private void printRequests(Traffic traffic, Instant end) {
        Timeline.chapter("What became of the requests");
        System.out.printf(ROW, "", "sent", "answered", "failed", "web1", "web2", "web3");
        for (int index = 0; index < chapters.size(); index++) {
            Instant until = index + 1 < chapters.size() ? chapters.get(index + 1).start() : end;
            row(chapters.get(index).name(), traffic.between(chapters.get(index).start(), until));
        }
        row("all", traffic.between(chapters.getFirst().start(), end));
    }

    private static void row(String name, List<Request> requests) {
        long answered = requests.stream().filter(Request::isAnswered).count();
        System.out.printf(
                ROW,
                name,
                requests.size(),
                answered,
                requests.size() - answered,
                by("web1", requests),
                by("web2", requests),
                by("web3", requests));
    }

    private static long by(String server, List<Request> requests) {
        return requests.stream().filter(request -> request.isAnsweredBy(server)).count();
    }
}
