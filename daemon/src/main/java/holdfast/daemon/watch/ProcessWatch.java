package holdfast.daemon.watch;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.EventLoop;
import holdfast.linux.Namespaces;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.ProcessTable;
import holdfast.linux.SyscallException;
import holdfast.netlink.MessageWriter;
import holdfast.netlink.proc.ProcessCodec;
import holdfast.netlink.proc.ProcessListener;
import holdfast.time.MonoTime;
import holdfast.vrrp.ProcessCensus;
import holdfast.vrrp.TrackProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Counts processes: all of them at first, and then as the kernel tells of them.
///
/// Where the kernel does not tell, as in most containers, all are looked at every second.
/// Confined to one thread.
final class ProcessWatch implements ProcessListener, AutoCloseable {

    /// Who hears of numbers.
    interface Listener {
        void onCount(String name, int count);
    }

    /// The connector is in the first network namespace alone, and answers to whoever asks there.
    private static final Path FIRST_NETWORK = Path.of("/proc/1/ns/net");

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// The kernel answers at once, or never.
    private static final Duration ANSWER = Duration.ofMillis(200);

    private static final int BUFFER_BYTES_MAX = 64 * 1024 * 1024;

    /// Notices in a turn; what is left over is reported again.
    private static final int READS_MAX = 1000;

    private final Reporter reporter;
    private final Listener listener;
    private final ProcessBuffer buffer;
    private List<TrackProcessSpec> followed = List.of();
    private ProcessCensus census = new ProcessCensus(List.of());
    private boolean looksAtCommandLines;
    private Optional<NetlinkSocket> socket = Optional.empty();
    private boolean listening;
    private MonoTime countAgainAt = MonoTime.NEVER;

    ProcessWatch(Reporter reporter, ProcessBuffer buffer, Listener listener) {
        this.reporter = reporter;
        this.buffer = buffer;
        this.listener = listener;
    }

    /// Listens to the kernel, in `loop`, as far as that is possible.
    ///
    /// @param then what comes after each time that something was heard
    void begin(EventLoop loop, EventLoop.Source then) {
        String reason = "it is not asked in the first namespace of processes";
        try {
            NetlinkSocket opened = open();
            if (hears(opened)) {
                socket = Optional.of(opened);
                loop.watch(
                        opened.fd(),
                        now -> {
                            onReadable(now);
                            then.onReadable(now);
                        });
                return;
            }
            opened.close();
        } catch (SyscallException e) {
            reason = String.valueOf(e.getMessage());
        }
        reporter.log(
                Level.NOTICE,
                "The kernel does not tell of processes, so they are counted every second: "
                        + reason);
    }

    private NetlinkSocket open() throws SyscallException {
        try {
            return ask();
        } catch (SyscallException ignored) {
            return Namespaces.inNetwork(FIRST_NETWORK, this::ask);
        }
    }

    private NetlinkSocket ask() throws SyscallException {
        NetlinkSocket opened = NetlinkSocket.open(NetlinkSocket.Protocol.CONNECTOR);
        try {
            if (buffer.bytes() > 0) {
                opened.receiveBuffer(buffer.bytes(), buffer.forced());
            }
            opened.join(ProcessCodec.GROUP);
            MessageWriter request = new MessageWriter();
            ProcessCodec.listen(request);
            SyscallException.check("ask for processes", opened.send(request.batch()));
            return opened;
        } catch (SyscallException e) {
            opened.close();
            throw e;
        }
    }

    private boolean hears(NetlinkSocket opened) {
        long end = System.nanoTime() + ANSWER.toNanos();
        for (long left = ANSWER.toNanos(); left > 0 && !listening; left = end - System.nanoTime()) {
            if (opened.receive(Duration.ofNanos(left)) > 0) {
                ProcessCodec.read(opened.received(), this);
            }
        }
        return listening;
    }

    /// Counts these, and no others.
    void follow(MonoTime now, List<TrackProcessSpec> specs) {
        if (specs.equals(followed)) {
            return;
        }
        followed = List.copyOf(specs);
        census = new ProcessCensus(specs);
        looksAtCommandLines = census.looksAtCommandLines();
        count(now);
    }

    private void count(MonoTime now) {
        countAgainAt = socket.isPresent() ? MonoTime.NEVER : now.plus(PERIOD);
        census.clear();
        ProcessTable.all().forEach(this::onExecuted);
        tell();
    }

    private void onReadable(MonoTime now) {
        NetlinkSocket from = socket.orElseThrow();
        for (int i = 0; i < READS_MAX; i++) {
            long result = from.receive();
            if (Errno.EAGAIN.is(result)) {
                break;
            }
            if (Errno.ENOBUFS.is(result)) {
                onLoss(now, from);
            } else if (result > 0) {
                ProcessCodec.read(from.received(), this);
            }
        }
        tell();
    }

    /// Whoever made so many processes gets a second to be done with it.
    private void onLoss(MonoTime now, NetlinkSocket from) {
        if (countAgainAt.equals(MonoTime.NEVER)) {
            countAgainAt = now.plus(PERIOD);
            reporter.log(Level.NOTICE, "Too many processes at once: they are counted again");
        }
        try {
            int bytes = from.receiveBuffer();
            if (bytes < BUFFER_BYTES_MAX) {
                from.receiveBuffer(2 * bytes, true);
            }
        } catch (SyscallException ignored) {
            // It stays as small as it is, and they are counted again.
        }
    }

    private void tell() {
        census.changes().forEach(listener::onCount);
    }

    MonoTime deadline() {
        return countAgainAt;
    }

    void onDeadline(MonoTime now) {
        if (!countAgainAt.isAfter(now)) {
            count(now);
        }
    }

    @Override
    public void onListening(int error) {
        listening |= error == 0;
    }

    @Override
    public void onForked(int parent, int child) {
        census.forked(parent, child);
    }

    @Override
    public void onExecuted(int pid) {
        Optional<String> name = ProcessTable.name(pid);
        if (name.isEmpty()) {
            census.ended(pid);
        } else {
            List<String> command = looksAtCommandLines ? ProcessTable.command(pid) : List.of();
            census.seen(pid, name.get(), command);
        }
    }

    @Override
    public void onRenamed(int pid, String name) {
        census.renamed(pid, name);
    }

    @Override
    public void onEnded(int pid) {
        census.ended(pid);
    }

    @Override
    public void close() {
        socket.ifPresent(NetlinkSocket::close);
    }
}
