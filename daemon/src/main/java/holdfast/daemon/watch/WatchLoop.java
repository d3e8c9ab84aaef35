package holdfast.daemon.watch;

import holdfast.daemon.Reporter;
import holdfast.linux.EventLoop;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.Watching;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The watching thread. Each kind of watch is made when there is something to watch.
///
/// Confined to its thread; spoken to through mailboxes.
final class WatchLoop implements Runnable, EventLoop.Ticker {

    /// Until a full mailbox is tried again.
    private static final Duration AGAIN = Duration.ofMillis(20);

    private final Reporter reporter;
    private final ProcessBuffer buffer;
    private final Mailbox<WatchOrder> orders;
    private final Mailbox<WatchWord> words;
    private final Outbox outbox;
    private final EventLoop loop;
    private Optional<FileWatch> files = Optional.empty();
    private Optional<ProcessWatch> processes = Optional.empty();
    private Optional<LinkWatch> links = Optional.empty();
    private MonoTime sendAgainAt = MonoTime.NEVER;

    WatchLoop(
            Reporter reporter,
            ProcessBuffer buffer,
            Mailbox<WatchOrder> orders,
            Mailbox<WatchWord> words)
            throws SyscallException {
        this.reporter = reporter;
        this.buffer = buffer;
        this.orders = orders;
        this.words = words;
        this.outbox = new Outbox(words);
        this.loop = new EventLoop(this);
    }

    @Override
    public void run() {
        try (loop) {
            loop.watch(orders.fd(), this::onOrders);
            loop.run();
        } catch (SyscallException | RuntimeException | Error e) {
            words.send(new WatchWord.Broken(e));
        } finally {
            files.ifPresent(FileWatch::close);
            processes.ifPresent(ProcessWatch::close);
            links.ifPresent(LinkWatch::close);
        }
    }

    private void onOrders(MonoTime now) {
        for (Optional<WatchOrder> next = orders.receive();
                next.isPresent();
                next = orders.receive()) {
            switch (next.get()) {
                case WatchOrder.Follow(var watching) -> follow(now, watching);
                case WatchOrder.Stop() -> loop.stop();
            }
        }
    }

    private void follow(MonoTime now, Watching watching) {
        try {
            makeWhatIsMissing(watching);
        } catch (SyscallException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Path> paths = new LinkedHashMap<>();
        watching.files().forEach(file -> paths.put(file.name(), Path.of(file.path())));
        files.ifPresent(watch -> watch.follow(now, paths));
        links.ifPresent(watch -> watch.follow(now, polled(watching)));
        send(now);
        if (processes.isEmpty() && !watching.processes().isEmpty()) {
            ProcessWatch made = new ProcessWatch(reporter, buffer, this::onCount);
            processes = Optional.of(made);
            made.begin(loop, this::send); // May take a while.
        }
        processes.ifPresent(watch -> watch.follow(now, watching.processes()));
        send(now);
    }

    private void makeWhatIsMissing(Watching watching) throws SyscallException {
        if (files.isEmpty() && !watching.files().isEmpty()) {
            FileWatch made = new FileWatch(reporter, this::onNumber);
            files = Optional.of(made);
            loop.watch(
                    made.fd(),
                    now -> {
                        made.onReadable(now);
                        send(now);
                    });
        }
        if (links.isEmpty() && !polled(watching).isEmpty()) {
            links = Optional.of(new LinkWatch(reporter, this::onLink));
        }
    }

    private static List<LinkWatchSpec> polled(Watching watching) {
        return watching.links().stream().filter(link -> link.poll().isPresent()).toList();
    }

    private void onNumber(String name, int number) {
        outbox.put("file " + name, new WatchWord.Happened(new VrrpEvent.FileSays(name, number)));
    }

    private void onCount(String name, int count) {
        outbox.put(
                "process " + name,
                new WatchWord.Happened(new VrrpEvent.ProcessesCounted(name, count)));
    }

    private void onLink(String name, boolean up) {
        outbox.put("link " + name, new WatchWord.Link(name, up));
    }

    private void send(MonoTime now) {
        outbox.flush();
        sendAgainAt = outbox.isEmpty() ? MonoTime.NEVER : now.plus(AGAIN);
    }

    @Override
    public MonoTime deadline() {
        MonoTime first = sendAgainAt;
        first = earlier(first, files.map(FileWatch::deadline).orElse(MonoTime.NEVER));
        first = earlier(first, links.map(LinkWatch::deadline).orElse(MonoTime.NEVER));
        return earlier(first, processes.map(ProcessWatch::deadline).orElse(MonoTime.NEVER));
    }

    private static MonoTime earlier(MonoTime one, MonoTime other) {
        return one.isAfter(other) ? other : one;
    }

    @Override
    public void onDeadline(MonoTime now) {
        files.ifPresent(watch -> watch.onDeadline(now));
        links.ifPresent(watch -> watch.onDeadline(now));
        processes.ifPresent(watch -> watch.onDeadline(now));
        send(now);
    }
}
