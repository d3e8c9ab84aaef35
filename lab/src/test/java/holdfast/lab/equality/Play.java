package holdfast.lab.equality;

import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One program, to which all steps happen, and what the kernel holds after each.
///
/// Meant for virtual time, where letting time pass costs none. Confined to one thread.
final class Play {

    /// Several rounds of checks: what has not changed for so long has settled.
    private static final Duration CALM = Duration.ofMillis(2200);

    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Host host;
    private final Backends backends;
    private final List<Shape> shapes;
    private final Daemon daemon;

    private Play(Lab lab, Software software, List<Shape> shapes) {
        this.host = lab.host("lb");
        this.backends = new Backends(host);
        this.shapes = shapes;
        this.daemon = Daemon.of(software, host, text(Shape::text));
    }

    /// Plays all steps.
    static Map<Step, Plane> of(Software software, List<Shape> shapes) {
        try (Lab lab = Lab.open()) {
            Play play = new Play(lab, software, shapes);
            Map<Step, Plane> planes = new EnumMap<>(Step.class);
            for (Step step : Step.values()) {
                play.happen(step);
                planes.put(step, play.settled());
            }
            return planes;
        }
    }

    private String text(Function<Shape, String> version) {
        String head = "global_defs {\nscript_user root\n}\n";
        String text = head + shapes.stream().map(version).collect(Collectors.joining());
        return text.replace("{dir}", host.lab().directory().toString());
    }

    private void happen(Step step) {
        switch (step) {
            case START -> daemon.start();
            case FIRST_DOWN -> backends.down(1);
            case SECOND_DOWN -> backends.down(2);
            case THIRD_DOWN -> backends.down(3);
            case SAME -> daemon.hangUp();
            case THIRD_UP -> backends.up(3);
            case SECOND_UP -> backends.up(2);
            case FIRST_UP -> backends.up(1);
            case WEIGHED -> backends.weigh(11);
            case CHANGED -> daemon.reload(text(Shape::changed));
            case ALL_DOWN -> {
                for (int number = Backends.COUNT; number > 0; number--) {
                    backends.down(number);
                }
            }
            case REVERTED -> daemon.reload(text(Shape::text));
            case ALL_UP -> {
                for (int number = 1; number <= Backends.COUNT; number++) {
                    backends.up(number);
                    settled();
                }
            }
            case STOP -> daemon.stop();
        }
    }

    /// Waits until the kernel has held the same for a while.
    private Plane settled() {
        Instant end = Instant.now().plus(LIMIT);
        Plane last = Plane.of(host);
        Instant since = Instant.now();
        while (Duration.between(since, Instant.now()).compareTo(CALM) < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            Plane next = Plane.of(host);
            if (!next.equals(last)) {
                last = next;
                since = Instant.now();
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it never settles\n" + daemon.log());
            }
        }
        return last;
    }
}
