package holdfast.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// A secret hides itself, and keeps its octets.
class SecretTest {

    private record Holder(int id, Secret secret) {}

    @Test
    void nobodyWhoPrintsASecretSeesIt() {
        Secret secret = secret("tomato");
        assertEquals("********", secret.toString());
        assertEquals("Holder[id=1, secret=********]", new Holder(1, secret).toString());
        assertEquals("********", new Secret(new byte[0]).toString());
    }

    @Test
    void secretsAreEqualByTheirOctets() {
        assertEquals(secret("tomato"), secret("tomato"));
        assertEquals(secret("tomato").hashCode(), secret("tomato").hashCode());
        assertNotEquals(secret("tomato"), secret("tomata"));
        assertNotEquals(secret("tomato"), secret("tomatoes"));
    }

    @Test
    void theOctetsStayAsTheyWere() {
        byte[] octets = {1, 2, 3};
        Secret secret = new Secret(octets);
        octets[0] = 9;
        secret.octets()[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, secret.octets());
        assertEquals(3, secret.length());
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.US_ASCII));
    }
}
