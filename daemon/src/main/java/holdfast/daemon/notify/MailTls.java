package holdfast.daemon.notify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// The encrypted side of one connection to a mail server: bytes in, bytes out, no socket.
///
/// Confined to one thread.
final class MailTls {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private ByteBuffer record;
    private ByteBuffer plain;
    private boolean open;

    MailTls(SSLEngine engine) {
        this.engine = engine;
        this.record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /// Begins to shake hands.
    void begin() throws SSLException {
        engine.beginHandshake();
        progress();
    }

    /// The server sent this.
    void received(ByteBuffer bytes) throws SSLException {
        while (bytes.hasRemaining() && !engine.isInboundDone()) {
            int count = Math.min(bytes.remaining(), record.remaining());
            record.put(record.position(), bytes, bytes.position(), count);
            record.position(record.position() + count);
            bytes.position(bytes.position() + count);
            progress();
        }
    }

    /// Encrypts; only after the handshake.
    void send(ByteBuffer bytes) throws SSLException {
        boolean moved = true;
        while (moved && bytes.hasRemaining()) {
            moved = wrap(bytes);
        }
    }

    /// Whether the handshake is over.
    boolean isOpen() {
        return open;
    }

    /// What is to be sent now; taken once.
    ByteBuffer toSend() {
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
        out.reset();
        return bytes;
    }

    /// What the server said, decrypted; taken once.
    ByteBuffer heard() {
        ByteBuffer bytes = ByteBuffer.wrap(in.toByteArray());
        in.reset();
        return bytes;
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
                        case FINISHED, NOT_HANDSHAKING -> {
                            open = true;
                            yield unwrap();
                        }
                    };
        }
    }

    private boolean compute() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
        return true;
    }

    /// False when nothing goes out any more.
    private boolean wrap(ByteBuffer bytes) throws SSLException {
        ByteBuffer into = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = guarded(() -> engine.wrap(bytes, into));
        out.write(into.array(), 0, into.position());
        return result.bytesProduced() > 0;
    }

    /// False when there is nothing more to be had.
    private boolean unwrap() throws SSLException {
        record.flip();
        SSLEngineResult result = guarded(() -> engine.unwrap(record, plain));
        record.compact();
        return switch (result.getStatus()) {
            case OK -> {
                in.write(plain.array(), 0, plain.position());
                plain.clear();
                yield result.bytesConsumed() > 0
                        || engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK
                        || engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP;
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
            case CLOSED -> false;
        };
    }

    private interface Step {
        SSLEngineResult take() throws SSLException;
    }

    /// The engine passes on what its tasks threw over the server's odd bytes, of whatever kind.
    private static SSLEngineResult guarded(Step step) throws SSLException {
        try {
            return step.take();
        } catch (RuntimeException e) {
            throw new SSLException(e.toString(), e);
        }
    }
}
