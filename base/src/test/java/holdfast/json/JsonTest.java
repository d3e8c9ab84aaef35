package holdfast.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void valuesPrintOnOneLineInTheirOrder() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of("VI_1"));
        members.put("vrid", Json.of(51));
        members.put("list", Json.of(List.of(Json.of(true), Json.of("a/b"))));
        assertEquals(
                "{\"name\":\"VI_1\",\"vrid\":51,\"list\":[true,\"a\\/b\"]}",
                Json.of(members).toString());
    }

    @Test
    void controlCharactersAndQuotesAreEscaped() {
        assertEquals("\"\\\"\\\\\\n\\u0001\\u001f\"", Json.of("\"\\\n\u0001\u001f").toString());
    }
}
