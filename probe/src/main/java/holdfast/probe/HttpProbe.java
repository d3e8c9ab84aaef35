package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.net.Endpoint;
import holdfast.probe.HttpSpec.BodyMatch;
import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import java.nio.ByteBuffer;
import java.util.Optional;

/// `HTTP_GET`: one request for one URL, and a look at the answer (LVS specification, section 7).
///
/// An answer ends when the server closes the connection. What it costs is bounded: so much head,
/// so much text for a pattern, so many bytes in all.
public final class HttpProbe implements Probe {

    /// A server that never stops talking is not healthy.
    static final long ANSWER_BYTES_MAX = 16L * 1024 * 1024;

    private static final int LOOK_BEHIND_BYTES = 256;

    /// As much of the body as a pattern sees, from shortly before the first place it may match.
    static final int PATTERN_BYTES_MAX = 256 * 1024;

    private final HttpSpec.Url url;
    private final HttpSpec.Protocol protocol;
    private final Endpoint target;
    private final HttpHead head = new HttpHead();
    private Optional<HttpChunks> chunks = Optional.empty();
    private Optional<HttpBody> body = Optional.empty();
    private boolean connected;
    private boolean closed;
    private long received;
    private ProbeStep step = new Wait();

    /// @param target whom the shell connects to; names the host when the URL does not
    public HttpProbe(HttpSpec.Url url, HttpSpec.Protocol protocol, Endpoint target) {
        this.url = url;
        this.protocol = protocol;
        this.target = target;
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        if (step instanceof Done) {
            return step;
        }
        step =
                switch (input) {
                    case ProbeInput.Connected() -> ask();
                    case ProbeInput.Received(ByteBuffer bytes) -> receive(bytes);
                    case ProbeInput.Closed() -> judge();
                    case ProbeInput.Failed(String reason) -> failure(reason);
                    case ProbeInput.TimedOut() -> failure(tooLate());
                };
        return step;
    }

    private ProbeStep ask() {
        if (connected) {
            return new Wait();
        }
        connected = true;
        return new Send(HttpRequest.get(url.path(), protocol, url.host(), target));
    }

    private ProbeStep receive(ByteBuffer bytes) {
        boolean flood = bytes.remaining() > ANSWER_BYTES_MAX - received;
        if (flood) {
            bytes.limit(bytes.position() + (int) (ANSWER_BYTES_MAX - received));
        }
        received += bytes.remaining();
        if (body.isEmpty()) {
            ProbeStep next = readHead(bytes);
            if (next instanceof Done) {
                return next;
            }
        }
        if (body.isPresent() && !body.get().take(bytes, chunks)) {
            return failure("the body is not chunked as announced");
        }
        return flood ? failure("more than " + ANSWER_BYTES_MAX + " bytes of answer") : new Wait();
    }

    private ProbeStep readHead(ByteBuffer bytes) {
        return switch (head.take(bytes)) {
            case OPEN -> new Wait();
            case NOT_HTTP -> failure("the answer is not HTTP");
            case TOO_LONG -> failure("more than " + HttpHead.BYTES_MAX + " bytes of header");
            case COMPLETE -> {
                if (!url.statusCodes().get(head.status())) {
                    yield failure("HTTP status " + head.status());
                }
                boolean digested = url.digest().isPresent();
                HttpBody.Window kept =
                        url.body()
                                .map(match -> new HttpBody.Window(start(match), PATTERN_BYTES_MAX))
                                .orElse(HttpBody.Window.NOTHING);
                body = Optional.of(new HttpBody(digested, kept, head.contentLength()));
                // Where only the status counts, the body may be what it wants.
                if (head.isChunked() && (digested || url.body().isPresent())) {
                    chunks = Optional.of(new HttpChunks());
                }
                yield new Wait();
            }
        };
    }

    /// Lengths of a body.
    public record Lengths(long announced, long received) {}

    /// What was announced and what came, when the server has closed and the two are not the same.
    public Optional<Lengths> mismatch() {
        if (!closed || body.isEmpty() || head.contentLength() == HttpHead.NO_LENGTH) {
            return Optional.empty();
        }
        Lengths lengths = new Lengths(head.contentLength(), body.get().received());
        return lengths.announced() == lengths.received() ? Optional.empty() : Optional.of(lengths);
    }

    private ProbeStep judge() {
        closed = true;
        if (body.isEmpty()) {
            return failure(
                    head.isEmpty()
                            ? "connection closed without an answer"
                            : "connection closed within the header");
        }
        if (url.digest().isPresent()) {
            String digest = body.get().digest();
            if (!digest.equals(url.digest().get())) {
                return failure("the body's MD5 is " + digest);
            }
        }
        return url.body()
                .map(match -> judgeText(match, body.get().kept()))
                .orElseGet(() -> new Done(Outcome.Passed.PLAIN));
    }

    /// Where the part of the body begins that a pattern sees: it may look back for a bit.
    private static int start(BodyMatch match) {
        return Math.max(0, match.from() - LOOK_BEHIND_BYTES);
    }

    private static ProbeStep judgeText(BodyMatch match, byte[] text) {
        int start = start(match);
        Regex.Answer answer =
                match.regex()
                        .search(
                                text,
                                start == 0,
                                match.from() - start,
                                match.last() - start,
                                match.effort());
        return switch (answer) {
            case EXHAUSTED -> failure("the pattern takes too long on this body");
            case FOUND ->
                    match.wanted()
                            ? new Done(Outcome.Passed.PLAIN)
                            : failure("the body matches the unwanted pattern");
            case NOT_FOUND ->
                    match.wanted()
                            ? failure("the body does not match the pattern")
                            : new Done(Outcome.Passed.PLAIN);
        };
    }

    private String tooLate() {
        if (!connected) {
            return "connection timed out";
        }
        return head.isEmpty() ? "no answer in time" : "no complete answer in time";
    }
}
