package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.time.Agenda;
import holdfast.time.MonoTime;
import java.time.Duration;

/// How a server that has come back gets its weight: in equal steps, so that it is not run over by
/// all the clients at once that others can bear no longer.
///
/// Confined to one thread.
final class Ramp {

    private static final int STEPS = 20;

    private final ServiceKey service;
    private final Endpoint server;
    private final Duration length;
    private final Agenda.Entry<Ramp> entry = new Agenda.Entry<>(this);
    private MonoTime beganAt = MonoTime.NEVER;
    private int step = STEPS;

    /// @param length zero for full weight at once
    Ramp(ServiceKey service, Endpoint server, Duration length) {
        this.service = service;
        this.server = server;
        this.length = length;
    }

    void begin(MonoTime now) {
        if (length.isPositive()) {
            beganAt = now;
            step = 0;
        }
    }

    /// Takes the steps that are due.
    void climb(MonoTime now) {
        while (isRunning() && !nextAt().isAfter(now)) {
            step++;
        }
    }

    void end() {
        step = STEPS;
    }

    boolean isRunning() {
        return step < STEPS;
    }

    /// When the next step is due.
    MonoTime nextAt() {
        return isRunning()
                ? beganAt.plus(Duration.ofNanos(length.toNanos() / STEPS * (step + 1)))
                : MonoTime.NEVER;
    }

    /// The part of a weight that the server has now; never nothing.
    int of(int weight) {
        return weight == 0 ? 0 : (int) Math.max(1, (long) weight * step / STEPS);
    }

    boolean hasLength(Duration other) {
        return length.equals(other);
    }

    ServiceKey service() {
        return service;
    }

    Endpoint server() {
        return server;
    }

    Agenda.Entry<Ramp> entry() {
        return entry;
    }
}
