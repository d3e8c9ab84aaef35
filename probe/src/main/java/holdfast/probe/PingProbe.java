package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.net.Family;
import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;

/// `PING_CHECK`: an echo request and its reply (RFC 792; RFC 4443, section 4).
///
/// Each [ProbeInput.Received] is one message. A reply is ours by its number and by what is in it,
/// so that nobody else can answer who did not see the request.
public final class PingProbe implements Probe {

    /// Where messages come from.
    public enum Hearing {
        /// A socket for echoes, to which the kernel passes the replies to its requests.
        OWN_REPLIES,

        /// A raw socket, which hears all ICMP of the host, with the headers of IPv4.
        EVERYTHING
    }

    /// What identifies a request.
    ///
    /// @param id 16 bits; on sockets for echoes the kernel writes its own
    /// @param token what strangers cannot guess
    public record Mark(int id, long token) {}

    static final int DATA_BYTES = 128;

    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_OFFSET = 2;
    private static final int ID_OFFSET = 4;
    private static final int TOKEN_OFFSET = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_6 = 128;
    private static final int ECHO_REPLY_6 = 129;
    private static final int IPV4_HEADER_MIN = 20;

    private final Family family;
    private final Hearing hearing;
    private final Mark mark;
    private boolean asked;
    private ProbeStep step = new Wait();

    public PingProbe(Family family, Hearing hearing, Mark mark) {
        this.family = family;
        this.hearing = hearing;
        this.mark = mark;
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected() -> ask();
                    case ProbeInput.Received(ByteBuffer message) -> judge(message);
                    case ProbeInput.Closed() -> failure("socket closed");
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() -> failure("no reply in time");
                };
        return step;
    }

    private ProbeStep ask() {
        if (asked) {
            return new Wait();
        }
        asked = true;
        ByteBuffer request = ByteBuffer.allocate(HEADER_BYTES + DATA_BYTES);
        request.put(0, (byte) (family == Family.INET ? ECHO_REQUEST : ECHO_REQUEST_6));
        request.putShort(ID_OFFSET, (short) mark.id());
        request.putShort(ID_OFFSET + Short.BYTES, (short) 1);
        request.putLong(TOKEN_OFFSET, mark.token());
        for (int at = TOKEN_OFFSET + Long.BYTES; at < request.capacity(); at++) {
            request.put(at, (byte) at);
        }
        if (family == Family.INET) {
            // The checksum of ICMPv6 covers addresses that only the kernel knows.
            int checksum = InternetChecksum.of(InternetChecksum.sum(request, 0));
            request.putShort(CHECKSUM_OFFSET, (short) checksum);
        }
        return new Send(request.asReadOnlyBuffer());
    }

    private ProbeStep judge(ByteBuffer received) {
        ByteBuffer message = received.slice();
        if (hearing == Hearing.EVERYTHING && family == Family.INET && !skipHeader(message)) {
            return new Wait();
        }
        int at = message.position();
        if (message.remaining() < HEADER_BYTES) {
            return new Wait();
        }
        int type = message.get(at) & 0xff;
        if (type != (family == Family.INET ? ECHO_REPLY : ECHO_REPLY_6)) {
            return switch (hearing) {
                case OWN_REPLIES -> failure("ICMP type " + type + " instead of a reply");
                case EVERYTHING -> new Wait();
            };
        }
        return isOurs(message, at) ? new Done(Outcome.Passed.PLAIN) : new Wait();
    }

    private boolean isOurs(ByteBuffer message, int at) {
        boolean known =
                hearing == Hearing.OWN_REPLIES
                        || message.getShort(at + ID_OFFSET) == (short) mark.id();
        return known
                && message.remaining() == HEADER_BYTES + DATA_BYTES
                && message.getShort(at + ID_OFFSET + Short.BYTES) == 1
                && message.getLong(at + TOKEN_OFFSET) == mark.token();
    }

    /// Moves behind the header of IPv4 (RFC 791, section 3.1).
    private static boolean skipHeader(ByteBuffer packet) {
        if (packet.remaining() < IPV4_HEADER_MIN) {
            return false;
        }
        int bytes = (packet.get(packet.position()) & 0xf) * 4;
        if (bytes < IPV4_HEADER_MIN || bytes > packet.remaining()) {
            return false;
        }
        packet.position(packet.position() + bytes);
        return true;
    }
}
