package holdfast.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffTest {

    @Test
    void whatIsTheSameIsInNoList() {
        var diff =
                Diff.between(
                        List.of(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3)),
                        List.of(Map.entry("c", 4), Map.entry("b", 2), Map.entry("d", 5)),
                        Map.Entry::getKey);
        assertEquals(List.of(Map.entry("a", 1)), diff.removed());
        assertEquals(List.of(Map.entry("d", 5)), diff.added());
        assertEquals(
                List.of(new Diff.Change<>(Map.entry("c", 3), Map.entry("c", 4))), diff.changed());
    }
}
