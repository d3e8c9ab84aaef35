package holdfast.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

    @Test
    void theExampleOfRfc1071() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("0001f203f4f5f6f7"));
        assertEquals(0xffff & ~0xddf2, InternetChecksum.of(InternetChecksum.sum(bytes, 0)));
    }

    @Test
    void anOddLastByteCountsAsIfPaddedWithZero() {
        ByteBuffer odd = ByteBuffer.wrap(new byte[] {1, 2, 3});
        ByteBuffer even = ByteBuffer.wrap(new byte[] {1, 2, 3, 0});
        assertEquals(InternetChecksum.sum(even, 7), InternetChecksum.sum(odd, 7));
    }

    @Test
    void aMessageWithItsChecksumSumsToZero() {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("21336401010100000a000064"));
        int checksum = InternetChecksum.of(InternetChecksum.sum(bytes, 0));
        bytes.putShort(6, (short) checksum);
        assertEquals(0, InternetChecksum.of(InternetChecksum.sum(bytes, 0)));
    }
}
