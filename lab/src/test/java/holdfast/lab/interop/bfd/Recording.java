package holdfast.lab.interop.bfd;

import java.time.Instant;
import java.util.List;

/// All that was said in a scene, from somewhat before the event.
///
/// Immutable.
record Recording(Scene scene, Instant event, Instant end, List<Statement> said) {

    /// What was said in one session.
    Dialogue of(Session session) {
        return new Dialogue(
                session,
                scene,
                event,
                end,
                said.stream()
                        .filter(each -> each.port() == session.route().port())
                        .filter(each -> between(each, session.ours(), session.its()))
                        .toList());
    }

    private static boolean between(Statement each, String one, String other) {
        return each.source().equals(one) && each.destination().equals(other)
                || each.source().equals(other) && each.destination().equals(one);
    }
}
