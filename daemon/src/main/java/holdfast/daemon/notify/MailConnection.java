package holdfast.daemon.notify;

import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.EventLoop.Interest;
import holdfast.linux.SocketBinding;
import holdfast.linux.SyscallException;
import holdfast.linux.TcpSocket;
import holdfast.net.Endpoint;
import holdfast.report.mail.SmtpSession;
import holdfast.report.mail.SmtpStep;
import holdfast.time.MonoTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// The connection over which one mail is handed to the server.
///
/// Each step of the conversation has its time, however many bytes the server lets drip meanwhile.
final class MailConnection implements EventLoop.Source, AutoCloseable {

    /// Who wants to know how it went.
    interface Sender {

        /// @param complaint why the mail did not get through; empty when it did
        void onDone(MonoTime now, Optional<String> complaint);
    }

    private static final int READ_BYTES = 2048;

    /// Reads a turn, so that a chatty server does not hold up scripts.
    private static final int READS_MAX = 8;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final TcpSocket socket;
    private final SmtpSession session;
    private final Optional<MailTrust> trust;
    private Optional<MailTls> tls = Optional.empty();
    private final Duration patience;
    private final Sender sender;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    private ByteBuffer unsent = NOTHING;
    private MonoTime deadline;
    private boolean connected;
    private boolean done;

    private MailConnection(
            EventLoop loop,
            TcpSocket socket,
            SmtpSession session,
            Optional<MailTrust> trust,
            Duration patience,
            Sender sender,
            MonoTime now) {
        this.trust = trust;
        this.loop = loop;
        this.socket = socket;
        this.session = session;
        this.patience = patience;
        this.sender = sender;
        this.deadline = now.plus(patience);
    }

    /// Begins to connect. That it cannot is an exception; all else the sender hears later.
    ///
    /// @param trust for when the session asks for TLS
    static MailConnection open(
            EventLoop loop,
            Endpoint server,
            SmtpSession session,
            Optional<MailTrust> trust,
            Duration patience,
            Sender sender,
            MonoTime now)
            throws SyscallException {
        TcpSocket socket = TcpSocket.open(server.address().family(), SocketBinding.ANY);
        try {
            int result = socket.connect(server);
            if (result != 0 && !Errno.EINPROGRESS.is(result)) {
                SyscallException.check("connect", result);
            }
            MailConnection connection =
                    new MailConnection(loop, socket, session, trust, patience, sender, now);
            loop.watch(socket.fd(), Interest.WRITE, connection);
            return connection;
        } catch (SyscallException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void onWritable(MonoTime now) {
        if (done) {
            return;
        }
        if (connected) {
            send(now);
            return;
        }
        int error = socket.error();
        if (error != 0) {
            take(now, session.failed(Errno.of(error).words()));
            return;
        }
        connected = true;
        deadline = now.plus(patience);
        interest(now, Interest.READ);
    }

    @Override
    public void onReadable(MonoTime now) {
        for (int i = 0; connected && !done && i < READS_MAX; i++) {
            long count = socket.read(buffer.clear());
            if (Errno.EAGAIN.is(count)) {
                return;
            }
            if (count > 0) {
                hear(now, buffer.flip());
            } else {
                String reason = count == 0 ? "the server hung up" : Errno.of(count).words();
                take(now, session.failed(reason));
            }
        }
    }

    private void hear(MonoTime now, ByteBuffer bytes) {
        if (tls.isEmpty()) {
            take(now, session.received(bytes));
            return;
        }
        try {
            decrypt(now, tls.get(), bytes);
        } catch (IOException e) {
            take(now, session.failed("TLS failed: " + e.getMessage()));
        }
    }

    private void decrypt(MonoTime now, MailTls open, ByteBuffer bytes) throws IOException {
        boolean before = open.isOpen();
        open.received(bytes);
        put(now, open.toSend());
        if (!before && open.isOpen()) {
            take(now, session.encrypted());
        }
        ByteBuffer heard = open.heard();
        if (!done && heard.hasRemaining()) {
            take(now, session.received(heard));
        }
    }

    private void encrypt(MonoTime now) {
        try {
            MailTls begun = new MailTls(trust.orElseThrow().engine());
            tls = Optional.of(begun);
            begun.begin();
            put(now, begun.toSend());
        } catch (IOException e) {
            take(now, session.failed("TLS failed: " + e.getMessage()));
        }
    }

    MonoTime deadline() {
        return deadline;
    }

    void onDeadline(MonoTime now) {
        if (!done && !deadline.isAfter(now)) {
            take(now, session.failed("the server took too long"));
        }
    }

    private void take(MonoTime now, SmtpStep step) {
        switch (step) {
            case SmtpStep.Send(var bytes) -> say(now, bytes);
            case SmtpStep.Encrypt() -> encrypt(now);
            case SmtpStep.Wait() -> {}
            case SmtpStep.Done(var complaint) -> {
                close();
                sender.onDone(now, complaint);
            }
        }
    }

    private void say(MonoTime now, ByteBuffer bytes) {
        if (tls.isEmpty()) {
            put(now, bytes);
            return;
        }
        try {
            tls.get().send(bytes);
            put(now, tls.get().toSend());
        } catch (IOException e) {
            take(now, session.failed("TLS failed: " + e.getMessage()));
        }
    }

    private void put(MonoTime now, ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            unsent = together(unsent, bytes);
            deadline = now.plus(patience);
            send(now);
        }
    }

    /// A server that answers before it was told all is odd, and no reason to forget the rest.
    private static ByteBuffer together(ByteBuffer first, ByteBuffer second) {
        return first.hasRemaining()
                ? ByteBuffer.allocate(first.remaining() + second.remaining())
                        .put(first)
                        .put(second)
                        .flip()
                : second;
    }

    private void send(MonoTime now) {
        while (unsent.hasRemaining()) {
            long count = socket.write(unsent);
            if (Errno.EAGAIN.is(count)) {
                interest(now, Interest.READ_AND_WRITE);
                return;
            }
            if (count < 0) {
                unsent = NOTHING;
                take(now, session.failed(Errno.of(count).words()));
                return;
            }
        }
        interest(now, Interest.READ);
    }

    private void interest(MonoTime now, Interest interest) {
        try {
            loop.change(socket.fd(), interest);
        } catch (SyscallException e) {
            take(now, session.failed(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        done = true;
        if (socket.fd().isOpen()) {
            loop.unwatch(socket.fd());
            socket.close();
        }
    }
}
