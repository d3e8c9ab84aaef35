package holdfast.probe;

import static holdfast.probe.ProbeStep.failure;

import holdfast.net.Endpoint;
import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Fetches a page as [HttpProbe] does, and keeps it, for genhash. Any status is good.
///
/// It fails in words that genhash has always used.
public final class PageProbe implements Probe {

    /// A page as it came.
    ///
    /// @param head with the line that ends it, or what came of it
    /// @param body without the transfer coding, up to the length that the head gives
    /// @param digest the body's MD5; empty if the head never ended
    public record Page(byte[] head, byte[] body, Optional<String> digest) {

        /// Copies, since nobody shall change it.
        public Page {
            head = head.clone();
            body = body.clone();
        }

        @Override
        public byte[] head() {
            return head.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }
    }

    /// How the reason begins when a connection broke that had been open.
    public static final String BROKEN = "the connection broke: ";

    private static final int BYTES_MAX = (int) HttpProbe.ANSWER_BYTES_MAX;

    private final HttpSpec.Url url;
    private final HttpSpec.Protocol protocol;
    private final Endpoint target;
    private final HttpBody raw =
            new HttpBody(false, new HttpBody.Window(0, HttpHead.BYTES_MAX + 1), HttpHead.NO_LENGTH);
    private Optional<HttpChunks> chunks = Optional.empty();
    private HttpHead head = new HttpHead();
    private Optional<HttpBody> body = Optional.empty();
    private int lineBytes;
    private int received;
    private boolean connected;
    private ProbeStep step = new Wait();

    /// @param target whom the shell connects to; names the host when the URL does not
    public PageProbe(HttpSpec.Url url, HttpSpec.Protocol protocol, Endpoint target) {
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
                    case ProbeInput.Connected() -> {
                        connected = true;
                        yield new Send(HttpRequest.get(url.path(), protocol, url.host(), target));
                    }
                    case ProbeInput.Received(ByteBuffer bytes) -> receive(bytes);
                    case ProbeInput.Closed() ->
                            body.isPresent()
                                    ? new Done(Outcome.Passed.PLAIN)
                                    : failure("no data received from remote webserver");
                    case ProbeInput.Failed(String reason) ->
                            failure(connected ? BROKEN + reason : reason);
                    case ProbeInput.TimedOut() ->
                            failure(connected ? "Timeout WEB read" : "Timeout connecting");
                };
        return step;
    }

    private ProbeStep receive(ByteBuffer bytes) {
        while (body.isEmpty() && bytes.hasRemaining()) {
            raw.append(bytes.slice(bytes.position(), 1));
            if (readHead(bytes.get())) {
                beginBody();
            }
        }
        received += bytes.remaining();
        if (received > BYTES_MAX || raw.keptBytes() > HttpHead.BYTES_MAX) {
            return failure("the answer is too long");
        }
        boolean good = body.isEmpty() || body.get().take(bytes, chunks);
        return good ? new Wait() : failure("the body is not chunked as announced");
    }

    /// True at the end of the first empty line, whatever stands before it.
    private boolean readHead(byte octet) {
        if (octet == '\n') {
            boolean empty = lineBytes == 0 && raw.keptBytes() > 2;
            lineBytes = 0;
            return empty;
        }
        lineBytes += octet == '\r' ? 0 : 1;
        return false;
    }

    private void beginBody() {
        if (head.take(ByteBuffer.wrap(raw.kept())) == HttpHead.Progress.NOT_HTTP) {
            head = new HttpHead();
        }
        if (head.isChunked()) {
            chunks = Optional.of(new HttpChunks());
        }
        body =
                Optional.of(
                        new HttpBody(
                                true, new HttpBody.Window(0, BYTES_MAX), head.contentLength()));
    }

    /// What came. To be asked once, when it has ended.
    public Page page() {
        return new Page(
                raw.kept(),
                body.map(HttpBody::kept).orElseGet(() -> new byte[0]),
                body.map(HttpBody::digest));
    }
}
