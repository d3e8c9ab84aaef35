package holdfast.sim.sessions;

import holdfast.bfd.SessionStatus;
import holdfast.bfd.State;
import holdfast.sim.Coverage;
import holdfast.time.MonoTime;
import java.time.Duration;
import java.util.List;

/// What must be so of both sides together.
final class Together {

    /// How long what is on its way may still arrive.
    private static final Duration IN_FLIGHT = Duration.ofMillis(400);

    private final Coverage coverage;
    private final List<Side> sides;
    private final List<Wire> wires;
    private final MonoTime[] apartSince = {MonoTime.NEVER, MonoTime.NEVER};
    private final Duration[] patience = {Duration.ZERO, Duration.ZERO};
    private Duration longestEver = Duration.ZERO;
    private MonoTime disturbedAt = new MonoTime(0);

    Together(Coverage coverage, List<Side> sides, List<Wire> wires) {
        this.coverage = coverage;
        this.sides = sides;
        this.wires = wires;
    }

    /// Something other than loss may be the reason if a session fails soon.
    void disturbed(MonoTime when) {
        disturbedAt = when.isAfter(disturbedAt) ? when : disturbedAt;
    }

    /// The process goes on, and hears what waits before it keeps deadlines.
    void thawed(MonoTime now, Side side) {
        disturbed(now);
        apartSince[sides.indexOf(side)] = MonoTime.NEVER;
    }

    /// The longest silence that either side ever was to bear.
    Duration longestEver() {
        return longestEver;
    }

    void look(MonoTime now) {
        for (int i = 0; i < 2; i++) {
            Side here = sides.get(i);
            Side there = sides.get(1 - i);
            Duration detection = here.watch.mostDetection();
            longestEver = Watch.longer(longestEver, detection);
            boolean apart =
                    here.state() == State.UP
                            && (there.state() == State.DOWN || there.state() == State.ADMIN_DOWN);
            if (!apart) {
                apartSince[i] = MonoTime.NEVER;
                patience[i] = Duration.ZERO;
                continue;
            }
            if (apartSince[i].equals(MonoTime.NEVER) || here.frozen) {
                apartSince[i] = now;
            }
            patience[i] = Watch.longer(patience[i], detection);
            MonoTime end = apartSince[i].plus(IN_FLIGHT).plus(patience[i]);
            coverage.expect(
                    SessionLaw.TOGETHER,
                    !now.isAfter(end),
                    () -> here.name + " is still up: " + here.status() + " " + there.status());
        }
    }

    /// A session that was Up has heard nothing for too long.
    void expired(MonoTime now, Side side, SessionStatus was) {
        Duration silence = was.intervals().detection();
        MonoTime late = wires.get(1 - sides.indexOf(side)).lateUntil();
        boolean excused =
                late.equals(MonoTime.NEVER)
                        || !now.isAfter(late.plus(silence.multipliedBy(2)))
                        || !now.isAfter(disturbedAt.plus(silence.multipliedBy(2)))
                        || sides.stream().anyMatch(one -> one.frozen || one.node == null);
        if (excused) {
            return;
        }
        Duration receive = was.intervals().receive();
        int multiplier = (int) silence.dividedBy(receive);
        Side sender = sides.get(1 - sides.indexOf(side));
        boolean standard = sender.orders.conduct().standardJitter() && multiplier > 1;
        int lost = wires.get(sides.indexOf(sender)).lostInRow();
        coverage.expect(
                SessionLaw.TOLERANCE,
                lost >= (standard ? multiplier - 1 : multiplier),
                () -> side.name + " expired after " + lost + " lost packets: " + was);
    }
}
