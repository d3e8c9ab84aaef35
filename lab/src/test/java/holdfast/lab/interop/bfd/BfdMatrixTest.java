package holdfast.lab.interop.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.lab.Lab;
import holdfast.lab.interop.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Holdfast's BFD beside that of every other program, in every scene: what both sides say. In
/// virtual time, where this is the same in each run.
///
/// What came out becomes the second part of `docs/interoperability.md`.
@Tag("time")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BfdMatrixTest {

    /// A measured time, in milliseconds.
    private static final Pattern TIME = Pattern.compile("after ([0-9]+) ms\\b");

    private static final int TOLERANCE = 2;

    private static final Table TABLE = new Table();

    @Test
    @Order(1)
    void eachSceneComesToWhatTheProtocolSays() {
        List<String> wrong = new ArrayList<>();
        try (Lab lab = Lab.open()) {
            Play play = new Play(lab);
            for (Scene scene : Scene.values()) {
                Recording recording = play.play(scene);
                for (Session session : Play.sessions()) {
                    Dialogue dialogue = recording.of(session);
                    String outcome = dialogue.outcome();
                    String wanted = Expectation.of(session, scene);
                    boolean fine = isLike(wanted, outcome);
                    TABLE.put(session, scene, fine ? wanted : outcome);
                    String where = "%s, %s: ".formatted(scene, session);
                    if (!fine) {
                        wrong.add("%s%s; not %s".formatted(where, outcome, wanted));
                    }
                    Demands.broken(dialogue).forEach(what -> wrong.add(where + what));
                }
            }
            assertEquals(List.of(), wrong, () -> String.join("\n", wrong) + "\n" + play.logs());
        }
    }

    @Test
    @Order(2)
    void theDocumentSaysWhatCameOut() throws IOException {
        Page.BFD.compare(TABLE.markdown(), TIME, TOLERANCE);
    }

    /// Whether two outcomes differ in nothing but little of the times.
    private static boolean isLike(String wanted, String actual) {
        if (!TIME.matcher(wanted).replaceAll("").equals(TIME.matcher(actual).replaceAll(""))) {
            return false;
        }
        Matcher one = TIME.matcher(wanted);
        Matcher other = TIME.matcher(actual);
        while (one.find() && other.find()) {
            long difference = Long.parseLong(one.group(1)) - Long.parseLong(other.group(1));
            if (Math.abs(difference) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
