package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.vrrp.Authentication;
import holdfast.vrrp.Authentication.Hmac;
import holdfast.vrrp.HmacKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `auth_hmac` as it is written.
class HmacBinderTest {

    private static final String KEY = "k".repeat(32);

    private static Loaded load(String words) {
        return Configurations.load(
                """
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 51
                    %s
                    virtual_ipaddress {
                        10.9.0.100/24
                    }
                }
                """
                        .formatted(words));
    }

    private static Authentication bound(Loaded loaded) {
        return loaded.configuration().vrrp().instances().getFirst().authentication();
    }

    private static Hmac hmac(String words) {
        Loaded loaded = load("auth_hmac {\n" + words + "\n}");
        assertEquals(List.of(), loaded.diagnostics());
        return (Hmac) bound(loaded);
    }

    private static HmacKey key(int id, String text) {
        return new HmacKey(id, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unsaidThingsAreAsSafeAsCanBe() {
        assertEquals(
                new Hmac(List.of(key(1, KEY)), 1, Hmac.Mode.ENFORCE, Duration.ofSeconds(5), true),
                hmac("key 1 " + KEY + "\nactive_key 1"));
    }

    @Test
    void everyWordCounts() {
        assertEquals(
                new Hmac(
                        List.of(key(1, KEY), key(9, "k".repeat(64))),
                        9,
                        Hmac.Mode.RECEIVE_ONLY,
                        Duration.ofSeconds(40),
                        false),
                hmac(
                        """
                        key 1 file:/etc/keys/good
                        key 9 file:/etc/keys/hex
                        active_key 9
                        time_window 40
                        anti_replay monotonic
                        mode receive-only
                        """));
        assertEquals(
                List.of(key(3, KEY), key(4, "n".repeat(32))),
                hmac("key 3 hex:" + "6B".repeat(32) + "\nkey 4 file:near\nactive_key 3").keys());
        assertEquals(
                Hmac.Mode.PERMISSIVE,
                hmac("key 1 " + KEY + "\nactive_key 1\nmode permissive").mode());
    }

    @Test
    void theWindowIsThreeAdvertsWithinReason() {
        String words = "auth_hmac {\nkey 1 " + KEY + "\nactive_key 1\n}\nadvert_int ";
        assertEquals(Duration.ofSeconds(30), ((Hmac) bound(load(words + "10"))).window());
        assertEquals(Duration.ofMinutes(5), ((Hmac) bound(load(words + "200"))).window());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    key 2 short;                                      a key has 32 to 64 octets
                    key 2 hex:6b;                                     a key has 32 to 64 octets
                    key 2 hex:6bx;                                    a key after hex: has pairs
                    key 1 file:/etc/keys/good;                        there is a key of this number
                    key 2 file:/etc/keys/none;                        cannot read a key from
                    key 2 file:/etc/keys/open;                        others than its owner may read
                    """,
            delimiter = ';')
    void badKeysAreLeftOutAndNeverRepeated(String line, String complaint) {
        Loaded loaded = load("auth_hmac {\nkey 1 " + KEY + "\n" + line + "\nactive_key 1\n}");
        assertEquals(1, loaded.diagnostics().size());
        assertTrue(
                loaded.diagnostics().getFirst().message().startsWith(complaint),
                loaded.diagnostics().getFirst().message());
        String secret = line.substring(line.lastIndexOf(' ') + 1);
        assertFalse(
                secret.startsWith("/") || loaded.diagnostics().toString().contains("'" + secret));
        assertTrue(bound(loaded) instanceof Hmac);
    }

    @Test
    void withoutAKeyToSendWithThereIsNoTrailer() {
        for (String active : List.of("", "active_key 2")) {
            Loaded loaded = load("auth_hmac {\nkey 1 " + KEY + "\n" + active + "\n}");
            assertEquals(1, loaded.diagnostics().size());
            assertEquals(new Authentication.None(), bound(loaded));
        }
    }

    @Test
    void itTakesThePlaceOfAPassword() {
        Loaded loaded =
                load(
                        "authentication {\nauth_type PASS\nauth_pass abc\n}\nauth_hmac {\nkey 1 "
                                + KEY
                                + "\nactive_key 1\n}");
        assertEquals(1, loaded.diagnostics().size());
        assertTrue(bound(loaded) instanceof Hmac);
    }

    @Test
    void strictModeEnforcesIt() {
        Loaded loaded =
                load(
                        "strict_mode\nauth_hmac {\nkey 1 "
                                + KEY
                                + "\nactive_key 1\nmode permissive\n}");
        assertEquals(1, loaded.diagnostics().size());
        assertEquals(Hmac.Mode.ENFORCE, ((Hmac) bound(loaded)).mode());
    }
}
