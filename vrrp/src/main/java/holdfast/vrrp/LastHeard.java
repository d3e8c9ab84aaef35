package holdfast.vrrp;

import holdfast.wire.Datagram;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The advert that was let in last, octet for octet: a master says the same again and again, and
/// what was found good once needs no second look under the same orders.
final class LastHeard {

    private @Nullable Datagram datagram;
    private Optional<Heard> heard = Optional.empty();

    /// Whether what is looked at now is what is kept.
    private boolean present;

    private boolean likeOurs;

    /// What was read from this very advert the last time; empty if the last was another.
    Optional<Heard> again(Datagram next) {
        Datagram known = datagram;
        present =
                known != null
                        && known.hopLimit() == next.hopLimit()
                        && known.payload().equals(next.payload())
                        && known.source().equals(next.source())
                        && known.destination().equals(next.destination());
        return present ? heard : Optional.empty();
    }

    /// Remembers one that was let in.
    Optional<Heard> keep(Datagram next, Heard read) {
        ByteBuffer payload = ByteBuffer.allocate(next.payload().remaining());
        payload.put(next.payload().duplicate()).flip();
        datagram = new Datagram(next.source(), next.destination(), next.hopLimit(), payload);
        heard = Optional.of(read);
        present = true;
        likeOurs = false;
        return heard;
    }

    /// Whether what is looked at is what was kept, and says what this router would say.
    boolean isLikeOurs() {
        return present && likeOurs;
    }

    void foundLikeOurs() {
        likeOurs |= present;
    }
}
