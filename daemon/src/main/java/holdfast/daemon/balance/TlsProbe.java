package holdfast.daemon.balance;

import holdfast.daemon.tls.TlsClient;
import holdfast.probe.Outcome;
import holdfast.probe.Probe;
import holdfast.probe.ProbeInput;
import holdfast.probe.ProbeStep;
import holdfast.probe.ProbeStep.Done;
import holdfast.probe.ProbeStep.Farewell;
import holdfast.probe.ProbeStep.Send;
import holdfast.probe.ProbeStep.Wait;
import holdfast.probe.TlsSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// A probe that speaks through TLS. What the probe says and hears is plain; what goes over the
/// connection are TLS records.
///
/// The engine's long computations are done here and now, in the checkers' loop: they take a few
/// milliseconds a connection, no advert waits for them (VRRP is another process), and checks are
/// spread over time.
final class TlsProbe implements Probe {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final TlsSpec.Session session;
    private final Probe inner;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteBuffer record;
    private ByteBuffer plain;
    private boolean open;
    private Optional<Outcome> outcome = Optional.empty();

    TlsProbe(TlsClient client, TlsSpec.Session session, Probe inner) {
        this.engine = client.engine(session);
        this.session = session;
        this.inner = inner;
        this.record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    @Override
    public ProbeStep on(ProbeInput input) {
        try {
            return switch (input) {
                case ProbeInput.Connected() -> {
                    engine.beginHandshake();
                    progress();
                    yield next();
                }
                case ProbeInput.Received(ByteBuffer bytes) -> {
                    receive(bytes);
                    yield next();
                }
                case ProbeInput.Closed() ->
                        end(open ? input : failed("connection closed in the TLS handshake"));
                case ProbeInput.Failed _ -> end(input);
                case ProbeInput.TimedOut() ->
                        end(open || !begun() ? input : failed("TLS handshake timed out"));
            };
        } catch (SSLException e) {
            return broken(e);
        }
    }

    /// Until when the server's certificate is valid; empty before the handshake is over.
    Optional<Instant> validUntil() {
        return open ? TlsClient.validUntil(engine) : Optional.empty();
    }

    private boolean begun() {
        return engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
    }

    private static ProbeInput failed(String reason) {
        return new ProbeInput.Failed(reason);
    }

    /// The connection is of no use any more. An answer that ends without the end of TLS is taken
    /// as it is: many servers just close.
    private Done end(ProbeInput input) {
        if (outcome.isEmpty()) {
            tell(input);
        }
        return new Done(outcome.orElseGet(() -> new Outcome.Failed("connection closed")));
    }

    private ProbeStep broken(SSLException cause) {
        if (outcome.isEmpty()) {
            tell(failed((open ? "TLS failed: " : "TLS handshake failed: ") + words(cause)));
        }
        try {
            wrap(NOTHING); // The alert that tells the server why.
        } catch (SSLException _) {
            return end(new ProbeInput.Closed());
        }
        return new Farewell(taken(), outcome.orElseGet(() -> new Outcome.Failed("TLS failed")));
    }

    /// Without the alert that Java writes before its reason.
    private static String words(SSLException cause) {
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf(") ");
        return message.startsWith("(") && end > 0 ? message.substring(end + 2) : message;
    }

    private void receive(ByteBuffer bytes) throws SSLException {
        while (bytes.hasRemaining() && record.hasRemaining() && !engine.isInboundDone()) {
            int count = Math.min(bytes.remaining(), record.remaining());
            record.put(record.position(), bytes, bytes.position(), count);
            record.position(record.position() + count);
            bytes.position(bytes.position() + count);
            progress();
        }
        bytes.position(bytes.limit());
    }

    /// Goes as far as it goes with what has been received.
    private void progress() throws SSLException {
        boolean moving = true;
        while (moving) {
            moving =
                    switch (engine.getHandshakeStatus()) {
                        case NEED_TASK -> compute();
                        case NEED_WRAP -> wrap(NOTHING);
                        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                        case FINISHED, NOT_HANDSHAKING -> open ? unwrap() : greet();
                    };
        }
    }

    private boolean compute() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        return true;
    }

    private boolean greet() throws SSLException {
        TlsClient.check(engine, session);
        open = true;
        tell(new ProbeInput.Connected());
        return true;
    }

    /// False when there is nothing more to be had.
    private boolean unwrap() throws SSLException {
        record.flip();
        SSLEngineResult result;
        try {
            result = engine.unwrap(record, plain);
        } catch (RuntimeException e) {
            throw whatever(e);
        }
        record.compact();
        return switch (result.getStatus()) {
            case OK -> {
                plain.flip();
                if (plain.hasRemaining() && outcome.isEmpty()) {
                    tell(new ProbeInput.Received(plain));
                }
                plain.clear();
                yield result.bytesConsumed() > 0
                        || switch (result.getHandshakeStatus()) {
                            case NEED_TASK, NEED_WRAP -> true;
                            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> false;
                        };
            }
            case BUFFER_UNDERFLOW -> {
                if (!record.hasRemaining()) {
                    int more = record.capacity() + engine.getSession().getPacketBufferSize();
                    record = ByteBuffer.allocate(more).put(record.flip());
                }
                yield false;
            }
            case BUFFER_OVERFLOW -> {
                int more = plain.capacity() + engine.getSession().getApplicationBufferSize();
                plain = ByteBuffer.allocate(more);
                yield true;
            }
            case CLOSED -> {
                if (outcome.isEmpty()) {
                    tell(open ? new ProbeInput.Closed() : failed("the server ended TLS"));
                }
                yield false;
            }
        };
    }

    /// The engine passes on what its tasks threw over the server's odd bytes, of whatever kind.
    private static SSLException whatever(RuntimeException cause) {
        return new SSLException(cause.toString(), cause);
    }

    /// False when nothing goes out any more.
    private boolean wrap(ByteBuffer bytes) throws SSLException {
        boolean moved;
        do {
            ByteBuffer into = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            SSLEngineResult result;
            try {
                result = engine.wrap(bytes, into);
            } catch (RuntimeException e) {
                throw whatever(e);
            }
            out.write(into.array(), 0, into.position());
            moved = result.bytesProduced() > 0;
        } while (moved && bytes.hasRemaining());
        return moved;
    }

    private void tell(ProbeInput input) {
        switch (inner.on(input)) {
            case Send(var bytes) -> say(bytes);
            case Wait() -> {}
            case Farewell(var bytes, var result) -> {
                say(bytes);
                finish(result);
            }
            case Done(var result) -> finish(result);
        }
    }

    private void say(ByteBuffer bytes) {
        try {
            boolean unused = wrap(bytes);
        } catch (SSLException e) {
            finish(new Outcome.Failed("TLS failed: " + e.getMessage()));
        }
    }

    private void finish(Outcome result) {
        outcome = Optional.of(result);
    }

    /// What the connection's owner is to do, once all that can be done has been done.
    private ProbeStep next() throws SSLException {
        if (outcome.isEmpty()) {
            return out.size() > 0 ? new Send(taken()) : new Wait();
        }
        Outcome result = outcome.get();
        if (!session.orderly() || !open) {
            return new Done(result);
        }
        engine.closeOutbound();
        for (boolean moved = true; moved && !engine.isOutboundDone(); ) {
            moved = wrap(NOTHING);
        }
        if (engine.isInboundDone()) {
            return new Farewell(taken(), result);
        }
        return out.size() > 0 ? new Send(taken()) : new Wait();
    }

    private ByteBuffer taken() {
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
        out.reset();
        return bytes;
    }
}
