package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.bfd.Authentication.KeyedSha1;
import holdfast.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who is believed, and which packets count a second time.
class AuthenticationStoryTest {

    private static final AuthenticationKey OLD = key(7, "holdfast");
    private static final AuthenticationKey NEW = key(8, "tomato");

    private int sequence = -2;

    // Conforms: 5880-sha1-section, 5880-sha1-hash
    @Test
    void theHashIsThatOfThePacketWithTheKeyInItsPlace() {
        byte[] packet = HexFormat.of().parseHex("20c0031800000001000000020000c3500000c35000000000");
        assertEquals(
                "20c4033400000001000000020000c3500000c35000000000"
                        + "041c0700fffffffe"
                        + "b35cb6c3dead3a7cc73ce4864894baad1ca93133",
                HexFormat.of().formatHex(new Sha1Codec().seal(packet, Sha1Codec.KEYED, OLD, -2)));
        byte[] longest = new byte[AuthenticationKey.BYTES_MAX];
        for (int i = 0; i < longest.length; i++) {
            longest[i] = (byte) (i + 1);
        }
        AuthenticationKey key = new AuthenticationKey(255, new Secret(longest));
        assertEquals(
                "20c4033400000001000000020000c3500000c35000000000"
                        + "051cff0000000001"
                        + "dc31466c16075aa1d799b58b56c1ca3443d73b91",
                HexFormat.of()
                        .formatHex(new Sha1Codec().seal(packet, Sha1Codec.METICULOUS, key, 1)));
    }

    @Test
    void noKeyIsEverPrinted() {
        SessionSpec spec = session(sha1(true, OLD, NEW));
        Host host = new Host(1, spec);
        for (String told : List.of(OLD.toString(), spec.toString(), host.status().toString())) {
            assertTrue(told.contains("********"), told);
            assertFalse(told.contains("holdfast]") || told.contains("tomato"), told);
        }
    }

    @Test
    void keysThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> key(256, "a"));
        assertThrows(IllegalArgumentException.class, () -> key(1, ""));
        assertThrows(IllegalArgumentException.class, () -> key(1, "a".repeat(21)));
        assertThrows(IllegalArgumentException.class, () -> sha1(true, OLD, OLD));
        List<AuthenticationKey> keys = List.of(OLD);
        assertThrows(IllegalArgumentException.class, () -> new KeyedSha1(keys, 8, true));
    }

    // Conforms: 5880-sha1-accepted
    @Test
    void twoThatShareAKeyComeUp() {
        for (boolean meticulous : new boolean[] {false, true}) {
            Host host = up(new Host(1, session(sha1(meticulous, OLD))), meticulous);
            assertEquals(State.UP, host.state());
            assertEquals(Map.of(), host.status().counters().dropped());
            host.until(100);
            assertTrue(host.last().has(PacketCodec.AUTHENTICATED));
            assertTrue(new Sha1Codec().isGenuine(host.last().in(), OLD));
        }
    }

    // Conforms: 5880-authenticated, 5880-not-authenticated, 5880-sha1-type, 5880-sha1-length,
    //           5880-sha1-key, 5880-sha1-hash-wrong, 5880-length
    @Test
    void whoeverIsNotBelievedChangesNothing() {
        Host host = up(new Host(1, session(sha1(false, OLD))), false);
        byte[] good = packet(host, State.DOWN, false);
        host.hears(host.packet(State.DOWN, 0, 3, 50, 50));
        assertDropped(host, DropReason.NOT_AUTHENTICATED, 1);
        host.hears(new Sha1Codec().seal(plain(host), Sha1Codec.METICULOUS, OLD, sequence));
        host.hears(with(good, 25, 27));
        host.hears(with(good, 24, 1));
        host.hears(with(good, 3, 51));
        assertDropped(host, DropReason.WRONG_AUTHENTICATION, 4);
        host.hears(new Sha1Codec().seal(plain(host), Sha1Codec.KEYED, NEW, sequence));
        assertDropped(host, DropReason.UNKNOWN_KEY, 1);
        host.hears(with(good, 51, good[51] ^ 1));
        host.hears(with(good, 0, good[0] ^ 1));
        assertDropped(host, DropReason.FORGED, 2);
        host.hears(with(good, 3, 25));
        assertEquals(1, host.node().dropped().get(DropReason.WRONG_LENGTH));
        assertEquals(State.UP, host.state());
        assertEquals(List.of(), host.sent());

        host.hears(with(good, 27, 0));
        assertEquals(State.DOWN, host.state());
    }

    // Conforms: 5880-authenticated
    @Test
    void whereNothingIsAuthenticatedWhatIsDoesNotCount() {
        Host host = new Host(1, Host.session(false)).up();
        host.hears(packet(host, State.DOWN, false));
        assertDropped(host, DropReason.AUTHENTICATED, 1);
        assertEquals(State.UP, host.state());
    }

    // Conforms: 5880-sha1-window, 5880-sha1-meticulous-window
    @Test
    void aNumberCountsIfItIsNotOldAndNotTooFarAhead() {
        for (int last : new int[] {5, -1, -4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertTaken(false, last, 0, true);
            assertTaken(true, last, 0, false);
            for (boolean meticulous : new boolean[] {false, true}) {
                assertTaken(meticulous, last, -1, false);
                assertTaken(meticulous, last, 1, true);
                assertTaken(meticulous, last, 9, true);
                assertTaken(meticulous, last, 10, false);
                assertTaken(meticulous, last, Integer.MIN_VALUE, false);
            }
        }
    }

    private void assertTaken(boolean meticulous, int last, int further, boolean taken) {
        sequence = last - 2;
        Host host = up(new Host(1, session(sha1(meticulous, OLD))), meticulous);
        sequence = last + further;
        host.hears(packet(host, State.DOWN, meticulous));
        assertEquals(taken ? State.DOWN : State.UP, host.state(), last + " and then " + further);
        assertDropped(host, DropReason.WRONG_SEQUENCE, taken ? 0 : 1);
    }

    // Conforms: 5880-sha1-hash-wrong
    @Test
    void aForgedNumberIsNotRemembered() {
        Host host = up(new Host(1, session(sha1(true, OLD))), true);
        byte[] packet = packet(host, State.UP, true);
        host.hears(with(packet, 31, packet[31] + 5));
        assertDropped(host, DropReason.FORGED, 1);
        host.hears(packet);
        assertEquals(4, host.status().counters().received());
    }

    // Conforms: 5880-auth-seq-known
    @Test
    void aNeighbourThatStartsAnewIsBelievedAfterTwoDetectionTimes() {
        Host host = up(new Host(1, session(sha1(true, OLD))), true);
        sequence = 1_000_000;
        host.until(299).hears(packet(host, State.DOWN, true));
        assertDropped(host, DropReason.WRONG_SEQUENCE, 1);
        assertEquals(State.DOWN, host.state());
        host.until(300).hears(packet(host, State.DOWN, true));
        assertEquals(State.INIT, host.state());
    }

    // Conforms: 5880-sha1-meticulous-numbers
    @Test
    void theMeticulousNumberEachPacket() {
        Host host = up(new Host(1, session(sha1(true, OLD))), true);
        for (int at = 100; at < 1_000; at += 100) {
            host.until(at).hears(packet(host, State.UP, true));
        }
        for (int i = 1; i < host.sent().size(); i++) {
            assertEquals(number(host, i - 1) + 1, number(host, i));
        }
    }

    // Conforms: 5880-sha1-numbers
    @Test
    void othersNumberWhatIsNew() {
        Host host = new Host(1, session(sha1(false, OLD))).until(2_000);
        int first = number(host, 0);
        assertEquals(first, number(host, 1));
        host.hears(packet(host, State.DOWN, false));
        assertEquals(State.INIT, host.last().state());
        assertEquals(first + 1, number(host, host.sent().size() - 1));
    }

    // Conforms: 5880-auth-seq-random
    @Test
    void nobodyKnowsTheFirstNumber() {
        Host one = new Host(1, session(sha1(true, OLD)));
        Host other = new Host(2, session(sha1(true, OLD)));
        assertNotEquals(number(one, 0), number(other, 0));
    }

    @Test
    void keysAreExchangedWhileTheSessionIsUp() {
        Host host = up(new Host(1, session(sha1(true, OLD))), true);
        respecified(host, sha1(true, OLD, NEW)).until(50);
        assertEquals(OLD.id(), Sha1Codec.keyId(host.last().in()));
        final int before = number(host, host.sent().size() - 1);
        host.hears(sealed(host, State.UP, Sha1Codec.METICULOUS, NEW));
        respecified(host, sha1(true, NEW)).until(100);
        assertEquals(NEW.id(), Sha1Codec.keyId(host.last().in()));
        assertTrue(number(host, host.sent().size() - 1) > before);
        host.hears(packet(host, State.UP, true));
        assertDropped(host, DropReason.UNKNOWN_KEY, 1);
        assertEquals(State.UP, host.state());
    }

    @Test
    void authenticationBeginsAndEndsByAReload() {
        Host host = new Host(1, Host.session(false)).up();
        respecified(host, sha1(false, OLD)).until(50);
        assertTrue(host.last().has(PacketCodec.AUTHENTICATED));
        host.hears(packet(host, State.UP, false));
        respecified(host, new Authentication.None()).until(100);
        assertFalse(host.last().has(PacketCodec.AUTHENTICATED));
        host.hears(State.UP, 0);
        assertEquals(Map.of(), host.status().counters().dropped());
        assertEquals(State.UP, host.state());
    }

    private Host up(Host host, boolean meticulous) {
        host.hears(packet(host, State.DOWN, meticulous));
        host.hears(packet(host, State.INIT, meticulous));
        byte[] last = host.packet(State.UP, PacketCodec.FINAL, 3, 50, 50);
        return host.hears(new Sha1Codec().seal(last, type(meticulous), OLD, sequence++)).skip();
    }

    private static byte[] plain(Host host) {
        return host.packet(State.DOWN, 0, 3, 50, 50);
    }

    /// The next packet of the neighbour.
    private byte[] packet(Host host, State state, boolean meticulous) {
        return sealed(host, state, type(meticulous), OLD);
    }

    private byte[] sealed(Host host, State state, int type, AuthenticationKey key) {
        return new Sha1Codec().seal(host.packet(state, 0, 3, 50, 50), type, key, sequence++);
    }

    private static byte[] with(byte[] packet, int at, int octet) {
        byte[] other = packet.clone();
        other[at] = (byte) octet;
        return other;
    }

    private static int type(boolean meticulous) {
        return meticulous ? Sha1Codec.METICULOUS : Sha1Codec.KEYED;
    }

    private static int number(Host host, int packet) {
        return Sha1Codec.sequence(host.sent().get(packet).in());
    }

    private static void assertDropped(Host host, DropReason reason, long times) {
        assertEquals(times, host.status().counters().dropped().getOrDefault(reason, 0L));
    }

    private static Host respecified(Host host, Authentication authentication) {
        BfdSpec next = new BfdSpec(List.of(session(authentication)), Conduct.USUAL);
        return host.tell(new BfdEvent.Respecified(next));
    }

    private static SessionSpec session(Authentication authentication) {
        SessionSpec plain = Host.session(false);
        return new SessionSpec("a", plain.path(), plain.timers(), false, authentication);
    }

    /// The first key is the active one.
    private static Authentication sha1(boolean meticulous, AuthenticationKey... keys) {
        return new KeyedSha1(List.of(keys), keys[0].id(), meticulous);
    }

    private static AuthenticationKey key(int id, String text) {
        return new AuthenticationKey(id, new Secret(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
