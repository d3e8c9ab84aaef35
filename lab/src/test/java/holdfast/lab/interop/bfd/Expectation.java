package holdfast.lab.interop.bfd;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// What a scene ought to come to in a session, by RFC 5880, in the words of the tables.
final class Expectation {

    private static final String UP = "Up";
    private static final String GONE = "–";
    private static final String SILENT = "silent";

    /// The state of the other is followed; then its being down is an invitation (section 6.8.6).
    private static final String FOLLOWS = "Down (3), Init";

    private final Session session;
    private final Scene scene;

    private Expectation(Session session, Scene scene) {
        this.session = session;
        this.scene = scene;
    }

    static String of(Session session, Scene scene) {
        var expectation = new Expectation(session, scene);
        return Stream.of(Remark.values())
                .map(remark -> remark.instead(session, scene))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> expectation.ours() + " / " + expectation.its());
    }

    private String ours() {
        return switch (scene) {
            case START, RETURN, MEND -> UP;
            case KILL, CUT, UNHEARING, STOP -> ourExpiry(session);
            // Whoever is passive, and hears nothing, does not say that it is down.
            case UNHEARD ->
                    session.manner() == Manner.PASSIVE_NEIGHBOUR ? ourExpiry(session) : FOLLOWS;
            case SLOWER -> told(2) + ", polls";
            case FASTER -> told(1) + ", polls";
            case NEIGHBOUR_SLOWER, NEIGHBOUR_FASTER -> told(1);
            case HOLDFAST_STOPS -> GONE;
            case GOODBYE -> "AdminDown (7)";
        };
    }

    private String its() {
        return switch (scene) {
            case START, RETURN, MEND -> UP;
            case KILL -> GONE;
            case STOP -> SILENT;
            case CUT, UNHEARD, HOLDFAST_STOPS -> itsExpiry();
            case UNHEARING -> session.manner() == Manner.PASSIVE ? itsExpiry() : FOLLOWS;
            case SLOWER, FASTER -> told(1);
            case NEIGHBOUR_SLOWER -> told(2) + ", polls";
            case NEIGHBOUR_FASTER -> told(1) + ", polls";
            case GOODBYE -> "Down (3)";
        };
    }

    private String told(int factor) {
        return "Up, %d ms".formatted(session.manner().interval().toMillis() * factor);
    }

    static String ourExpiry(Session session) {
        return session.manner() == Manner.PASSIVE
                ? SILENT
                : expiry("after", session.manner().ourPatience());
    }

    private String itsExpiry() {
        return session.manner() == Manner.PASSIVE_NEIGHBOUR ? SILENT : itsLastWord(session);
    }

    /// What the neighbour says when it heard nothing for long enough.
    static String itsLastWord(Session session) {
        return Remark.LATE_WORD.excuses(session)
                ? expiry("within", session.itsLastMoment())
                : expiry("after", session.manner().itsPatience());
    }

    private static String expiry(String when, Duration patience) {
        return "Down (1) %s %d ms".formatted(when, patience.toMillis());
    }
}
