package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// `UDP_CHECK`: a datagram that nobody refuses, or that is answered as it should be (LVS
/// specification, section 7).
///
/// Each [ProbeInput.Received] is one datagram. The first reply decides.
public final class UdpProbe implements Probe {

    private final UdpSpec spec;
    private boolean asked;
    private ProbeStep step = new Wait();

    public UdpProbe(UdpSpec spec) {
        this.spec = spec;
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected() -> ask();
                    case ProbeInput.Received(ByteBuffer reply) -> judge(reply);
                    case ProbeInput.Closed() -> failure("socket closed");
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() ->
                            spec.replyRequired()
                                    ? failure("no reply in time")
                                    : new Done(Outcome.Passed.PLAIN);
                };
        return step;
    }

    private ProbeStep ask() {
        if (asked) {
            return new Wait();
        }
        asked = true;
        return new Send(ByteBuffer.wrap(spec.octets()).asReadOnlyBuffer());
    }

    private ProbeStep judge(ByteBuffer reply) {
        int count = reply.remaining();
        if (count < spec.minBytes()) {
            return failure("a reply of " + count + " octets, less than " + spec.minBytes());
        }
        if (count > spec.maxBytes()) {
            return failure("a reply of " + count + " octets, more than " + spec.maxBytes());
        }
        return fits(reply)
                ? new Done(Outcome.Passed.PLAIN)
                : failure("the reply is not the one required");
    }

    /// What comes behind the pattern does not matter.
    private boolean fits(ByteBuffer reply) {
        String pattern = spec.pattern();
        if (reply.remaining() < pattern.length() / 2) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            int octet = reply.get(reply.position() + i / 2);
            int digit = (i % 2 == 0 ? octet >>> 4 : octet) & 0xf;
            char wanted = pattern.charAt(i);
            if (wanted != 'x' && HexFormat.fromHexDigit(wanted) != digit) {
                return false;
            }
        }
        return true;
    }
}
