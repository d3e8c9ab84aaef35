package holdfast.daemon.kernel;

import holdfast.linux.Errno;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Requests to the kernel and what it answers, in step. Confined to one thread.
///
/// The kernel works on a request while it is being sent, so that answers are usually there at
/// once, and waiting for them is not felt.
public final class NetlinkExchange implements AutoCloseable {

    /// When a kernel has not answered by then, it never will.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Room for the answers to a batch.
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final NetlinkSocket socket;
    private final MessageWriter out = new MessageWriter();
    private int sequence = 1;

    public NetlinkExchange(NetlinkSocket.Protocol protocol) throws SyscallException {
        this.socket = NetlinkSocket.open(protocol);
        socket.receiveBuffer(RECEIVE_BUFFER_BYTES);
    }

    /// Asks for more room for answers; never less than what the answers to a batch need.
    ///
    /// @param forced whether the system's limit is overruled
    public void receiveBuffer(int bytes, boolean forced) throws SyscallException {
        if (bytes > RECEIVE_BUFFER_BYTES) {
            socket.receiveBuffer(bytes, forced);
        }
    }

    /// Where requests are written before they are sent.
    public MessageWriter out() {
        return out;
    }

    /// A number for the next request.
    public int nextSequence() {
        return sequence++;
    }

    /// Keeps numbers free for a transaction that counts by itself.
    public void skipTo(int next) {
        sequence = Math.max(sequence, next);
    }

    /// Sends what was written, and reads until the last of the requests is answered.
    ///
    /// @return refusals, in the order of the kernel
    public List<Reply.Refused> send(int last) throws SyscallException {
        return send(last, _ -> Optional.empty(), new ArrayList<>());
    }

    /// As [#send], and decodes the data of the answers.
    ///
    /// @param into where what was decoded is put
    public <T> List<Reply.Refused> send(
            int last, Function<Message, Optional<T>> decoder, List<T> into)
            throws SyscallException {
        drain();
        SyscallException.check("talk to the kernel", socket.send(out.batch()));
        out.clear();
        List<Reply.Refused> refused = new ArrayList<>();
        boolean answered = false;
        while (!answered) {
            long result = refused.isEmpty() ? socket.receive(PATIENCE) : socket.receive();
            if (Errno.ENOBUFS.is(result)) {
                continue;
            }
            if (Errno.EAGAIN.is(result) && !refused.isEmpty()) {
                // A transaction that was refused may leave its last request without an answer.
                break;
            }
            SyscallException.check("hear from the kernel", result);
            for (Message message : Message.in(socket.received())) {
                switch (Reply.to(message)) {
                    case Reply.Data(var data) -> decoder.apply(data).ifPresent(into::add);
                    case Reply.Acknowledged(int number) -> answered |= number == last;
                    case Reply.Done(int number, _) -> answered |= number == last;
                    case Reply.Refused no -> {
                        refused.add(no);
                        answered |= no.sequence() == last;
                    }
                    case Reply.Nothing _ -> {}
                }
            }
        }
        return refused;
    }

    /// Forgets late answers to requests that were given up.
    private void drain() {
        long result;
        do {
            result = socket.receive();
        } while (result >= 0);
    }

    @Override
    public void close() {
        socket.close();
    }

    /// The kernel's refusal in words.
    public static String words(Reply.Refused refused) {
        String error = Errno.describe(-Math.max(1, refused.errno()));
        return refused.explanation().isEmpty() ? error : refused.explanation() + ", " + error;
    }

    public static boolean is(Reply.Refused refused, Errno errno) {
        return errno.is(-refused.errno());
    }
}
