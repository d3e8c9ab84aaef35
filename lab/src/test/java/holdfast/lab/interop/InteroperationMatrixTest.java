package holdfast.lab.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.lab.Lab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every program beside every other, in every scene: who serves, and for how long nobody or both
/// do. In virtual time, where this is the same in each run.
///
/// What came out becomes the first part of `docs/interoperability.md`.
@Tag("time")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InteroperationMatrixTest {

    /// A measured time, in tenths of seconds.
    private static final Pattern TIME = Pattern.compile("([0-9]+\\.[0-9]) s\\b");

    private static final Table TABLE = new Table();

    static Stream<Arguments> matches() {
        return Stream.of(Speech.values())
                .flatMap(speech -> Pair.all().stream().map(pair -> Arguments.of(speech, pair)));
    }

    // Conforms: 3768-protocol, 3768-master-outranked, 3768-master-shutdown
    // Conforms: 9568-protocol, 9568-master-outranked, 9568-master-shutdown
    @Order(1)
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("matches")
    void eachSceneComesToWhatTheProtocolSays(Speech speech, Pair pair) {
        if (speech.obstacle(pair).isPresent()) {
            return; // The table says why.
        }
        List<String> wrong = new ArrayList<>();
        try (Lab lab = Lab.open()) {
            Match match = new Match(lab, pair, speech);
            for (Scene scene : Scene.values()) {
                if (scene.obstacle(pair.first()).isPresent()) {
                    continue;
                }
                Outcome outcome = match.play(scene);
                TABLE.put(speech, pair, scene, outcome);
                Expectation.of(speech, pair, scene)
                        .contradiction(outcome, match.spoke())
                        .ifPresent(text -> wrong.add(scene + ": " + text));
            }
            match.oddities().forEach(packet -> wrong.add("an odd packet: " + packet));
            assertEquals(List.of(), wrong, match::logs);
        }
    }

    @Test
    @Order(2)
    void theDocumentSaysWhatCameOut() throws IOException {
        // What is near 3.65 may be rounded either way.
        Page.VRRP.compare(TABLE.markdown(), TIME, 0.101);
    }
}
