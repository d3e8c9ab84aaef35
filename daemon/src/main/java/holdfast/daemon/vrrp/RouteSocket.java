package holdfast.daemon.vrrp;

import holdfast.config.HouseSpec.BufferSpec;
import holdfast.linux.Errno;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.SyscallException;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.Reply;
import holdfast.netlink.rt.RtNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Asks rtnetlink, and waits for the answer, which the kernel gives before sending returns.
///
/// Confined to one thread.
final class RouteSocket implements AutoCloseable {

    /// Something to be put into a batch under a number.
    @FunctionalInterface
    interface Order {
        void write(MessageWriter out, int sequence);
    }

    /// What became of an order.
    ///
    /// @param result 0, or a negated error number
    /// @param explanation the kernel's words, often empty
    record Outcome(int result, String explanation) {

        static final Outcome DONE = new Outcome(0, "");

        boolean isDone() {
            return result == 0;
        }

        boolean is(Errno errno) {
            return errno.is(result);
        }

        /// What went wrong, for people.
        String words() {
            return explanation.isEmpty() ? Errno.describe(result) : explanation;
        }
    }

    /// Acknowledgements of so many orders fit into any receive buffer.
    private static final int BATCH_MAX = 64;

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Outcome UNANSWERED =
            new Outcome(-62, "the kernel did not answer"); // ETIME

    private final NetlinkSocket socket;
    private final MessageWriter out = new MessageWriter();
    private int sequence;

    RouteSocket(BufferSpec buffers) throws SyscallException {
        this.socket = NetlinkSocket.open(NetlinkSocket.Protocol.ROUTE);
        if (buffers.commands().isPresent()) {
            socket.receiveBuffer(buffers.commands().get(), buffers.commandsForced());
        }
    }

    /// Lists something, again when it changed while it was being listed.
    List<RtNotice> dump(Order request) throws SyscallException {
        for (int attempt = 1; ; attempt++) {
            List<RtNotice> found = new ArrayList<>();
            boolean whole = list(request, found);
            if (whole || attempt == ATTEMPTS_MAX) {
                return found;
            }
        }
    }

    private boolean list(Order request, List<RtNotice> found) throws SyscallException {
        int number = ++sequence;
        out.clear();
        request.write(out, number);
        SyscallException.check("ask rtnetlink", socket.send(out.batch()));
        while (true) {
            SyscallException.check("hear from rtnetlink", socket.receive(PATIENCE));
            for (Message message : Message.in(socket.received())) {
                if (message.sequence() != number) {
                    continue;
                }
                switch (Reply.to(message)) {
                    case Reply.Data(var data) -> RtNotice.of(data).ifPresent(found::add);
                    case Reply.Done(_, boolean interrupted) -> {
                        return !interrupted;
                    }
                    case Reply.Refused refused ->
                            SyscallException.check("list links", -refused.errno());
                    case Reply.Acknowledged _, Reply.Nothing _ -> {}
                }
            }
        }
    }

    /// Carries out orders in their order; says for each what became of it.
    List<Outcome> carryOut(List<? extends Order> orders) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += BATCH_MAX) {
            batch(orders.subList(from, Math.min(orders.size(), from + BATCH_MAX)), outcomes);
        }
        return outcomes;
    }

    private void batch(List<? extends Order> orders, List<Outcome> outcomes) {
        int first = sequence + 1;
        out.clear();
        for (Order order : orders) {
            order.write(out, ++sequence);
        }
        Outcome[] found = new Outcome[orders.size()];
        Arrays.fill(found, UNANSWERED);
        long sent = socket.send(out.batch());
        if (sent < 0) {
            Arrays.fill(found, new Outcome((int) sent, ""));
        } else {
            collect(first, found);
        }
        outcomes.addAll(List.of(found));
    }

    private void collect(int first, Outcome[] found) {
        int missing = found.length;
        while (missing > 0 && socket.receive(PATIENCE) > 0) {
            for (Message message : Message.in(socket.received())) {
                int index = message.sequence() - first;
                if (index < 0 || index >= found.length) {
                    continue;
                }
                switch (Reply.to(message)) {
                    case Reply.Acknowledged _ -> {
                        found[index] = Outcome.DONE;
                        missing--;
                    }
                    case Reply.Refused refused -> {
                        found[index] = new Outcome(-refused.errno(), refused.explanation());
                        missing--;
                    }
                    case Reply.Data _, Reply.Done _, Reply.Nothing _ -> {}
                }
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
