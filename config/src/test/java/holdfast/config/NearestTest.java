package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> WORDS =
            List.of("virtual_router_id", "virtual_routes", "priority", "state", "use_vmac");

    @Test
    void findsWhatWasMeant() {
        assertEquals(Optional.of("virtual_router_id"), Nearest.of("virtual_routr_id", WORDS));
        assertEquals(Optional.of("priority"), Nearest.of("prioirty", WORDS));
        assertEquals(Optional.of("state"), Nearest.of("State", WORDS));
        assertEquals(Optional.empty(), Nearest.of("smtp_alert", WORDS));
        assertEquals(Optional.empty(), Nearest.of("x", WORDS));
    }

    @Test
    void countsSwappedNeighboursOnce() {
        assertEquals(1, Nearest.distance("ab", "ba"));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(4, Nearest.distance("", "four"));
    }
}
