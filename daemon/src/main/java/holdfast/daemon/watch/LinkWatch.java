package holdfast.daemon.watch;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.linux.LinkProbe;
import holdfast.linux.SyscallException;
import holdfast.time.MonoTime;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.LinkWatchSpec.Poll;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks links every second whether they are up. Where a driver does not know one way of asking, the
/// next one is used from then on.
///
/// Confined to one thread, in whose network namespace the links are.
final class LinkWatch implements AutoCloseable {

    /// Who hears of links.
    interface Listener {
        void onLink(String interfaceName, boolean up);
    }

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Reporter reporter;
    private final Listener listener;
    private final LinkProbe probe;
    private final Map<String, Poll> ways = new LinkedHashMap<>();
    private final Map<String, Boolean> told = new HashMap<>();
    private MonoTime askAt = MonoTime.NEVER;

    LinkWatch(Reporter reporter, Listener listener) throws SyscallException {
        this.reporter = reporter;
        this.listener = listener;
        this.probe = LinkProbe.open();
    }

    /// Asks these, and no others.
    void follow(MonoTime now, List<LinkWatchSpec> specs) {
        ways.clear();
        specs.forEach(
                spec -> spec.poll().ifPresent(poll -> ways.put(spec.interfaceName(), first(poll))));
        told.keySet().retainAll(ways.keySet());
        askAt = ways.isEmpty() ? MonoTime.NEVER : now;
        onDeadline(now);
    }

    private static Poll first(Poll poll) {
        return poll == Poll.ANY ? Poll.MII : poll;
    }

    MonoTime deadline() {
        return askAt;
    }

    void onDeadline(MonoTime now) {
        if (askAt.isAfter(now)) {
            return;
        }
        askAt = now.plus(PERIOD);
        List.copyOf(ways.keySet()).forEach(this::ask);
    }

    private void ask(String name) {
        Poll way = ways.getOrDefault(name, Poll.IOCTL);
        int answer = answer(name, way);
        while (answer < 0 && !Errno.ENODEV.is(answer) && way != Poll.IOCTL) {
            Poll next = way == Poll.MII ? Poll.ETHTOOL : Poll.IOCTL;
            reporter.log(
                    Level.INFO,
                    "Interface %s cannot be asked by %s, so it is asked by %s"
                            .formatted(name, way, next));
            way = next;
            ways.put(name, way);
            answer = answer(name, way);
        }
        if (answer < 0) {
            told.remove(name); // The interface is not there, which the kernel tells by itself.
            return;
        }
        boolean up = answer > 0;
        Boolean before = told.put(name, up);
        if (before == null || before != up) {
            listener.onLink(name, up);
        }
    }

    private int answer(String name, Poll way) {
        return switch (way) {
            case ANY, MII -> probe.mii(name);
            case ETHTOOL -> probe.ethtool(name);
            case IOCTL -> probe.running(name);
        };
    }

    @Override
    public void close() {
        probe.close();
    }
}
