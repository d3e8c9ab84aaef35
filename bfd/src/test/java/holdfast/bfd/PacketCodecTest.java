package holdfast.bfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Packets as bytes, and what is wrong with some.
class PacketCodecTest {

    private static final String GOOD =
            "20 c0 03 18 00000001 00000002 0000c350 0000c350 00000000".replace(" ", "");

    // Conforms: 5880-fields, 5880-no-echo
    @Test
    void aPacketHasItsFieldsWhereTheStandardWantsThem() {
        byte[] message =
                PacketCodec.encode(
                        State.UP,
                        Diagnostic.NEIGHBOUR_SIGNALED_DOWN,
                        PacketCodec.POLL,
                        5,
                        0x01020304,
                        0xfffefdfc,
                        10_000_000,
                        4_294_967_000_000L);

        assertEquals(
                "23e0051801020304fffefdfc00002710fffffed800000000",
                HexFormat.of().formatHex(message));
        ByteBuffer in = ByteBuffer.wrap(message);
        assertNull(PacketCodec.flaw(in));
        assertEquals(10_000_000, PacketCodec.minTxNanos(in));
        assertEquals(4_294_967_000_000L, PacketCodec.minRxNanos(in));
    }

    // Conforms: 5880-version, 5880-length, 5880-multiplier, 5880-multipoint, 5880-my-discr,
    //           5880-zero-your-discr
    @Test
    void eachFlawHasItsName() {
        assertEquals(DropReason.TOO_SHORT, flaw(GOOD.substring(2)));
        assertEquals(DropReason.WRONG_LENGTH, flaw(GOOD.replaceFirst("18", "17")));
        assertEquals(DropReason.WRONG_LENGTH, flaw(GOOD.replaceFirst("18", "19")));
        assertEquals(DropReason.WRONG_VERSION, flaw("00" + GOOD.substring(2)));
        assertEquals(DropReason.ZERO_MULTIPLIER, flaw(GOOD.replaceFirst("0318", "0018")));
        assertEquals(DropReason.MULTIPOINT, flaw(GOOD.replaceFirst("c0", "c1")));
        assertEquals(
                DropReason.ZERO_MY_DISCRIMINATOR, flaw(GOOD.replaceFirst("00000001", "00000000")));
        String nobody = GOOD.replaceFirst("00000002", "00000000");
        assertEquals(DropReason.ZERO_YOUR_DISCRIMINATOR, flaw(nobody));
        assertEquals(DropReason.ZERO_YOUR_DISCRIMINATOR, flaw(nobody.replaceFirst("c0", "80")));
        assertNull(flaw(nobody.replaceFirst("c0", "40")));
        assertNull(flaw(nobody.replaceFirst("c0", "00")));
        assertEquals(DropReason.POLL_AND_FINAL, flaw(GOOD.replaceFirst("c0", "f0")));
    }

    @Test
    void whatTheStandardReservesIsNoFlaw() {
        assertNull(flaw("3f" + GOOD.substring(2)));
        assertNull(flaw(GOOD + "00000000"));
    }

    private static @Nullable DropReason flaw(String hex) {
        return PacketCodec.flaw(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
