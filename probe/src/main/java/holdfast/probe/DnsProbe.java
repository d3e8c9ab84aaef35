package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import java.nio.ByteBuffer;

/// `DNS_CHECK`: one question, and an answer without an error (RFC 1035, section 4.1; LVS
/// specification, section 7).
///
/// Each [ProbeInput.Received] is one datagram. What is no answer to our question is as if it had
/// not come.
public final class DnsProbe implements Probe {

    private static final int HEADER_BYTES = 12;
    private static final int FLAGS_OFFSET = 2;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8000;
    private static final int CODE_MASK = 0x000f;
    private static final int CLASS_IN = 1;

    private final DnsSpec spec;
    private final int id;
    private boolean asked;
    private ProbeStep step = new Wait();

    /// @param id of the question, 16 bits that strangers cannot guess
    public DnsProbe(DnsSpec spec, int id) {
        this.spec = spec;
        this.id = id & 0xffff;
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected() -> ask();
                    case ProbeInput.Received(ByteBuffer answer) -> judge(answer);
                    case ProbeInput.Closed() -> failure("socket closed");
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() -> failure("no answer in time");
                };
        return step;
    }

    private ProbeStep ask() {
        if (asked) {
            return new Wait();
        }
        asked = true;
        byte[] name = spec.encodedName();
        ByteBuffer question = ByteBuffer.allocate(HEADER_BYTES + name.length + 2 * Short.BYTES);
        question.putShort((short) id);
        question.putShort((short) RECURSION_DESIRED);
        question.putShort((short) 1); // One question, and nothing else.
        question.position(HEADER_BYTES);
        question.put(name);
        question.putShort((short) spec.type().number());
        question.putShort((short) CLASS_IN);
        return new Send(question.flip().asReadOnlyBuffer());
    }

    private ProbeStep judge(ByteBuffer answer) {
        int at = answer.position();
        if (answer.remaining() < HEADER_BYTES || unsigned(answer, at) != id) {
            return new Wait();
        }
        int flags = unsigned(answer, at + FLAGS_OFFSET);
        if ((flags & RESPONSE) == 0) {
            return new Wait();
        }
        int code = flags & CODE_MASK;
        return code == 0
                ? new Done(Outcome.Passed.PLAIN)
                : failure("the server answers " + words(code));
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff) << 8 | (bytes.get(at + 1) & 0xff);
    }

    private static String words(int code) {
        return switch (code) {
            case 1 -> "FORMERR";
            case 2 -> "SERVFAIL";
            case 3 -> "NXDOMAIN";
            case 4 -> "NOTIMP";
            case 5 -> "REFUSED";
            default -> "with code " + code;
        };
    }
}
