package holdfast.lab.interop.bfd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the RFCs demand of each packet, and of the intervals between them.
final class Demands {

    private static final int FIRST_PORT = 49152;
    private static final int HOP_LIMIT = 255;

    /// What the programs and the kernel may take in virtual time.
    static final Duration STEP = Duration.ofMillis(2);

    /// By how much an interval may be shortened by chance (RFC 5880, section 6.8.7): a quarter.
    private static final int JITTER = 4;

    private final Session session;
    private final Dialogue dialogue;
    private final boolean ours;
    private final List<String> wrong = new ArrayList<>();

    private Demands(Dialogue dialogue, boolean ours) {
        this.session = dialogue.session();
        this.dialogue = dialogue;
        this.ours = ours;
    }

    /// What the two do otherwise, each once.
    static List<String> broken(Dialogue dialogue) {
        return Stream.of(true, false)
                .map(ours -> new Demands(dialogue, ours))
                .flatMap(Demands::broken)
                .toList();
    }

    private Stream<String> broken() {
        dialogue.by(ours).forEach(this::packet);
        ports();
        intervals();
        return wrong.stream().distinct().map(what -> (ours ? "we " : "it ") + what);
    }

    /// Whether what one side does is known, and said on the page.
    private boolean excused(Remark remark) {
        return !ours && remark.excuses(session);
    }

    private void packet(Statement each) {
        // A router was between the neighbour and the wire where this was captured.
        int wanted =
                ours
                        ? HOP_LIMIT
                        : session.make().hopLimit(session.route())
                                - (session.route().isFar() ? 1 : 0);
        if (each.hopLimit() != wanted) {
            wrong.add("hop limit %d, not %d".formatted(each.hopLimit(), wanted));
        }
        if (each.sourcePort() < FIRST_PORT && !excused(Remark.ANY_PORT)) {
            wrong.add("from port " + each.sourcePort());
        }
        if (each.polls() && each.answers()) {
            wrong.add("both poll and final: " + each);
        }
        if (each.mine() == 0 || each.yours() == 0 && !each.standing().isDown()) {
            wrong.add("without a discriminator: " + each);
        }
        if (!each.standing().isUp() && each.tx() < 1000 && !excused(Remark.HASTE)) {
            wrong.add("%d ms while %s".formatted(each.tx(), each.standing().state()));
        }
        if (each.isAuthenticated() != session.manner().authentication().isPresent()) {
            wrong.add("authentication: " + each);
        }
        int multiplier = ours ? Manner.OUR_MULTIPLIER : Manner.ITS_MULTIPLIER;
        if (each.multiplier() != multiplier) {
            wrong.add("multiplier " + each.multiplier());
        }
    }

    private void ports() {
        boolean restarted =
                ours ? dialogue.scene().endsHoldfast() : dialogue.scene().endsNeighbour();
        long ports = dialogue.by(ours).stream().map(Statement::sourcePort).distinct().count();
        if (ports > 1 && !restarted && !excused(Remark.ANOTHER_PORT)) {
            wrong.add("from %d ports".formatted(ports));
        }
    }

    /// While both are up and nothing has changed, packets come neither too late nor too soon.
    private void intervals() {
        Optional<Statement> last = Optional.empty();
        Optional<Statement> others = Optional.empty();
        boolean steady = false;
        for (Statement each : dialogue.said()) {
            if (dialogue.scene().kind() == Scene.Kind.FALL
                    && !each.at().isBefore(dialogue.event())) {
                return;
            }
            if (each.source().equals(session.ours()) != ours) {
                steady = steady && others.filter(before -> isLike(before, each)).isPresent();
                others = Optional.of(each);
            } else if (!each.answers()) { // Answers come out of turn.
                if (steady && last.filter(before -> isLike(before, each)).isPresent()) {
                    judge(last.orElseThrow(), each, others.orElseThrow());
                }
                last = Optional.of(each);
                steady = others.isPresent();
            }
        }
    }

    private static boolean isLike(Statement before, Statement each) {
        return before.standing().isUp()
                && each.standing().isUp()
                && before.tx() == each.tx()
                && before.rx() == each.rx()
                && before.flags() == each.flags();
    }

    private void judge(Statement before, Statement each, Statement others) {
        Duration gap = Duration.between(before.at(), each.at());
        Duration interval = Duration.ofMillis(Math.max(each.tx(), others.rx()));
        // BIRD sends one packet out of turn when intervals change, which harms nobody.
        Duration least =
                ours ? interval.minus(interval.dividedBy(JITTER)).minus(STEP) : Duration.ZERO;
        if (gap.compareTo(least) < 0 || gap.compareTo(interval.plus(STEP)) > 0) {
            wrong.add(
                    "after %d ms, where its interval is %d ms"
                            .formatted(gap.toMillis(), interval.toMillis()));
        }
    }
}
