package holdfast.bfd;

import holdfast.bfd.Authentication.KeyedSha1;
import holdfast.time.MonoTime;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes what one session sends believable, and finds out what of that it hears is (RFC 5880,
/// section 6.7.4).
final class Seal {

    /// So many times the multiplier of the neighbour a number may be ahead.
    private static final int WINDOW = 3;

    /// So many detection times without a packet, and any number may come next.
    private static final int MEMORY = 2;

    private final Sha1Codec codec = new Sha1Codec();
    private KeyedSha1 orders;

    private int nextSequence;
    private byte[] said = {};
    private byte[] sealed = {};

    private int heardSequence;
    private @Nullable MonoTime heardAt;

    /// @param sequence of the first packet; nobody should be able to guess it
    Seal(KeyedSha1 orders, int sequence) {
        this.orders = orders;
        this.nextSequence = sequence;
    }

    /// Other keys, or another way. The numbers go on.
    void respecify(KeyedSha1 next) {
        if (!next.equals(orders)) {
            orders = next;
            said = new byte[0];
        }
    }

    /// The packet as it is to be sent. The number is a new one where the packet is, and always if
    /// we are meticulous.
    byte[] close(byte[] packet) {
        if (orders.meticulous() || !Arrays.equals(packet, said)) {
            said = packet;
            sealed = codec.seal(packet, type(), activeKey(), nextSequence++);
        }
        return sealed;
    }

    /// Why an authenticated packet is not believed; null if it is, and then its number is the last
    /// one that was heard.
    ///
    /// @param detectionTime in nanoseconds
    @Nullable DropReason open(MonoTime now, ByteBuffer in, long detectionTime) {
        if (!Sha1Codec.has(in, type())) {
            return DropReason.WRONG_AUTHENTICATION;
        }
        AuthenticationKey key = key(Sha1Codec.keyId(in));
        if (key == null) {
            return DropReason.UNKNOWN_KEY;
        }
        boolean known = heardAt != null && now.nanos() - heardAt.nanos() < MEMORY * detectionTime;
        int sequence = Sha1Codec.sequence(in);
        if (known && !isNext(sequence, PacketCodec.multiplier(in))) {
            return DropReason.WRONG_SEQUENCE;
        }
        if (!codec.isGenuine(in, key)) {
            return DropReason.FORGED;
        }
        heardSequence = sequence;
        heardAt = now;
        return null;
    }

    /// Numbers go round in a circle.
    private boolean isNext(int sequence, int multiplier) {
        int ahead = sequence - heardSequence;
        return ahead >= (orders.meticulous() ? 1 : 0) && ahead <= WINDOW * multiplier;
    }

    private int type() {
        return orders.meticulous() ? Sha1Codec.METICULOUS : Sha1Codec.KEYED;
    }

    private AuthenticationKey activeKey() {
        AuthenticationKey key = key(orders.activeKey());
        if (key == null) {
            throw new IllegalStateException("the active key is none of the keys");
        }
        return key;
    }

    private @Nullable AuthenticationKey key(int id) {
        for (AuthenticationKey key : orders.keys()) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }
}
