package holdfast.lab.interop.bfd;

import holdfast.lab.interop.bfd.Statement.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the two of a session said in a scene.
///
/// Immutable.
record Dialogue(Session session, Scene scene, Instant event, Instant end, List<Statement> said) {

    /// Longer than an interval of a session that is not up.
    private static final Duration CALM = Duration.ofMillis(1100);

    /// What came of it, in the words of the tables: Holdfast's side, and the neighbour's.
    String outcome() {
        return side(true) + " / " + side(false);
    }

    private String side(boolean our) {
        if (our ? scene.endsHoldfast() && scene != Scene.GOODBYE : scene == Scene.KILL) {
            return "–";
        }
        return switch (scene.kind()) {
            case RISE -> last(our).map(each -> each.standing().toString()).orElse("silent");
            case FALL -> fall(our);
            case RETIME -> {
                boolean polled = after(our).stream().anyMatch(Statement::polls);
                yield last(our)
                                .map(each -> "%s, %d ms".formatted(each.standing(), each.tx()))
                                .orElse("silent")
                        + (polled ? ", polls" : "");
            }
        };
    }

    /// The states that one of them told after the event, until it answers the other.
    private String fall(boolean our) {
        List<String> course = new ArrayList<>();
        Optional<Standing> before = Optional.empty();
        for (Statement each : by(our)) {
            if (!before.equals(Optional.of(each.standing()))) {
                if (!each.at().isBefore(event) && !(mayBeUnsaid(each) && !our)) {
                    course.add(words(each, our));
                }
                before = Optional.of(each.standing());
                if (!course.isEmpty() && !each.standing().isDown()) {
                    break;
                }
            }
        }
        if (!course.isEmpty()) {
            return String.join(", ", course);
        }
        boolean spoke = by(our).stream().anyMatch(each -> each.at().isAfter(end.minus(CALM)));
        return spoke ? before.map(Standing::toString).orElse("silent") : "silent";
    }

    private boolean mayBeUnsaid(Statement each) {
        return Remark.QUIET.excuses(session)
                && session.manner() == Manner.PASSIVE_NEIGHBOUR
                && scene == Scene.UNHEARING
                && each.standing().isDown();
    }

    private String words(Statement each, boolean our) {
        Optional<Statement> heard = heardBefore(each, our);
        boolean expired = each.standing().isDown() && each.standing().diagnostic() == 1;
        if (!expired || heard.isEmpty()) {
            return each.standing().toString();
        }
        Duration silence = Duration.between(heard.get().at(), each.at());
        Duration latest = session.itsLastMoment();
        boolean late =
                !our
                        && Remark.LATE_WORD.excuses(session)
                        && silence.compareTo(session.manner().itsPatience()) >= 0
                        && silence.compareTo(latest.plus(Demands.STEP)) <= 0;
        return late
                ? "%s within %d ms".formatted(each.standing(), latest.toMillis())
                : "%s after %d ms".formatted(each.standing(), silence.toMillis());
    }

    /// The last one of the other side that passed, and said that all was well.
    private Optional<Statement> heardBefore(Statement each, boolean our) {
        return by(!our).stream()
                .filter(heard -> heard.standing().isUp() && !heard.isLost())
                .filter(heard -> !heard.at().isAfter(each.at()))
                .reduce((_, later) -> later);
    }

    /// What one of them said, from before the event.
    List<Statement> by(boolean our) {
        Predicate<Statement> isOurs = each -> each.source().equals(session.ours());
        return said.stream().filter(our ? isOurs : isOurs.negate()).toList();
    }

    private List<Statement> after(boolean our) {
        return by(our).stream().filter(each -> !each.at().isBefore(event)).toList();
    }

    private Optional<Statement> last(boolean our) {
        return after(our).stream().reduce((_, later) -> later);
    }
}
