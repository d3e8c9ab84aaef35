package holdfast.lab.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvertFileTest {

    private static final int NANOS = 0xa1b23c4d;

    @Test
    void anAdvertHasItsTimeItsSenderAndItsNumber() {
        byte[] file = file(NANOS, frame(112, 0x45, 7), frame(112, 0x46, 255));
        assertEquals(
                List.of(
                        new Advert(Instant.ofEpochSecond(100, 5), "10.0.0.1", 7),
                        new Advert(Instant.ofEpochSecond(100, 5), "10.0.0.1", 255)),
                AdvertFile.read(file));
    }

    @Test
    void otherProtocolsAreNoAdverts() {
        assertEquals(List.of(), AdvertFile.read(file(NANOS, frame(17, 0x45, 7), new byte[3])));
    }

    @Test
    void aFileThatIsBeingWrittenEndsWithItsLastWholeRecord() {
        byte[] file = file(NANOS, frame(112, 0x45, 7), frame(112, 0x45, 8));
        for (int length = 0; length < file.length; length++) {
            int whole = length < 24 + 16 + 64 ? 0 : 1;
            assertEquals(whole, AdvertFile.read(Arrays.copyOf(file, length)).size());
        }
        assertEquals(2, AdvertFile.read(file).size());
    }

    @Test
    void microsecondsAreRefusedForTheyWouldBeMisread() {
        assertThrows(IllegalArgumentException.class, () -> AdvertFile.read(file(0xa1b2c3d4)));
    }

    private static byte[] file(int magic, byte[]... frames) {
        ByteBuffer out = ByteBuffer.allocate(1000).order(ByteOrder.nativeOrder());
        out.putInt(magic).position(24);
        for (byte[] frame : frames) {
            out.putInt(100).putInt(5).putInt(frame.length).putInt(frame.length).put(frame);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /// A frame of 64 bytes; the header of IPv4 is as long as its first byte says.
    private static byte[] frame(int protocol, int versionAndLength, int vrid) {
        ByteBuffer out = ByteBuffer.allocate(64);
        out.putShort(12, (short) 0x0800);
        out.put(14, (byte) versionAndLength).put(23, (byte) protocol);
        out.put(26, new byte[] {10, 0, 0, 1});
        int vrrp = 14 + (versionAndLength & 0xf) * 4;
        out.put(vrrp, (byte) 0x31).put(vrrp + 1, (byte) vrid);
        return out.array();
    }
}
