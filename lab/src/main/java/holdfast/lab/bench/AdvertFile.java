package holdfast.lab.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The adverts in a file of captured Ethernet frames, as tcpdump writes it with nanoseconds.
final class AdvertFile {

    private static final int MAGIC_NANOS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ETHERNET_BYTES = 14;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int IPPROTO_VRRP = 112;
    private static final int SOURCE_OFFSET = 12;
    private static final int VRRP_BYTES_MIN = 2;

    private AdvertFile() {}

    /// All adverts of complete records; the writer may be in the middle of another one.
    static List<Advert> read(byte[] file) {
        List<Advert> adverts = new ArrayList<>();
        if (file.length < HEADER_BYTES) {
            return adverts;
        }
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
        if (in.getInt(0) != MAGIC_NANOS) {
            throw new IllegalArgumentException("not a capture with nanoseconds");
        }
        in.position(HEADER_BYTES);
        while (in.remaining() >= RECORD_HEADER_BYTES) {
            long seconds = Integer.toUnsignedLong(in.getInt());
            Instant at = Instant.ofEpochSecond(seconds, in.getInt());
            int capturedBytes = in.getInt();
            in.getInt(); // How long the frame was on the wire.
            if (capturedBytes < 0 || capturedBytes > in.remaining()) {
                break;
            }
            ByteBuffer frame = in.slice(in.position(), capturedBytes);
            in.position(in.position() + capturedBytes);
            advert(at, frame).ifPresent(adverts::add);
        }
        return adverts;
    }

    private static Optional<Advert> advert(Instant at, ByteBuffer frame) {
        if (frame.remaining() < ETHERNET_BYTES + 20
                || Short.toUnsignedInt(frame.getShort(ETHERNET_BYTES - 2)) != ETHERTYPE_IPV4
                || frame.get(ETHERNET_BYTES + 9) != IPPROTO_VRRP) {
            return Optional.empty();
        }
        int vrrp = ETHERNET_BYTES + (frame.get(ETHERNET_BYTES) & 0xf) * 4;
        if (frame.remaining() < vrrp + VRRP_BYTES_MIN) {
            return Optional.empty();
        }
        byte[] source = new byte[4];
        frame.get(ETHERNET_BYTES + SOURCE_OFFSET, source);
        String address =
                "%d.%d.%d.%d"
                        .formatted(
                                source[0] & 0xff,
                                source[1] & 0xff,
                                source[2] & 0xff,
                                source[3] & 0xff);
        return Optional.of(new Advert(at, address, Byte.toUnsignedInt(frame.get(vrrp + 1))));
    }
}
