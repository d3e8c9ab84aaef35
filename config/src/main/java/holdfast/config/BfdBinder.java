package holdfast.config;

import holdfast.bfd.Authentication;
import holdfast.bfd.AuthenticationKey;
import holdfast.bfd.BfdSpec;
import holdfast.bfd.Conduct;
import holdfast.bfd.Path;
import holdfast.bfd.SessionSpec;
import holdfast.bfd.Timers;
import holdfast.net.IpAddress;
import holdfast.wire.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds `bfd_instance`: sessions, and who may track them (BFD specification, section 2).
final class BfdBinder {

    /// Beyond this, failures are noticed so late that a mistake is likely.
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final Context context;
    private final Map<String, SessionSpec> sessions = new LinkedHashMap<>();
    private final List<String> toVrrp = new ArrayList<>();
    private final List<String> toCheckers = new ArrayList<>();

    BfdBinder(Context context) {
        this.context = context;
    }

    /// What all blocks came to.
    BfdOrders orders() {
        Section globals = context.globals();
        Conduct conduct =
                new Conduct(
                        globals.flag("bfd_standard_jitter").orElse(false),
                        globals.flag("bfd_announce_stop").orElse(false),
                        globals.flag("bfd_check_source").orElse(false));
        return new BfdOrders(
                new BfdSpec(List.copyOf(sessions.values()), conduct), toVrrp, toCheckers);
    }

    /// Binds one session, and remembers its name for those who track it.
    void bind(Entry block, Trackables trackables) {
        String name = block.text();
        Section inner = block.inner();
        if (sessions.containsKey(name)) {
            context.findings()
                    .error(block.word(0), "there is a bfd_instance '" + name + "' already");
            return;
        }
        Optional<IpAddress> neighbour = inner.address("neighbor_ip");
        if (neighbour.isEmpty()) {
            context.findings().error(block.at(), "bfd_instance '" + name + "' has no neighbor_ip");
            return;
        }
        Optional<Path> path = path(block, neighbour.get());
        if (path.isEmpty() || isTaken(block, path.get())) {
            return;
        }
        Optional<Authentication> authentication = authentication(inner);
        if (authentication.isEmpty()) {
            return;
        }
        sessions.put(
                name,
                new SessionSpec(
                        name,
                        path.get(),
                        timers(inner),
                        inner.has("passive"),
                        authentication.get()));
        boolean toAll = !inner.has("vrrp") && !inner.has("checker");
        if (toAll || inner.has("vrrp")) {
            toVrrp.add(name);
            trackables.sessions.put(name, TrackedWeight.of(inner, 0, context.findings()));
        }
        if (toAll || inner.has("checker")) {
            toCheckers.add(name);
            trackables.checkedSessions.add(name);
        }
    }

    private Optional<Path> path(Entry block, IpAddress neighbour) {
        Section inner = block.inner();
        Optional<Entry> source = inner.last("source_ip");
        if (source.isPresent() && source.get().address().family() != neighbour.family()) {
            context.findings().error(source.get().word(0), "the neighbour is of the other family");
            return Optional.empty();
        }
        int ttl = inner.number("ttl").map(Context::toInt).orElseGet(() -> Path.to(neighbour).ttl());
        return Optional.of(
                new Path(
                        neighbour,
                        source.map(Entry::address),
                        inner.flag("multihop").orElse(false),
                        ttl,
                        maxHops(inner, ttl)));
    }

    /// More hops than a packet can make are as good as no limit, and a mistake.
    private int maxHops(Section inner, int ttl) {
        Optional<Entry> entry = inner.last("max_hops");
        if (entry.isEmpty()) {
            return 0;
        }
        int hops = entry.get().number() < 0 ? Path.ANY_HOPS : (int) entry.get().number();
        if (hops > ttl) {
            context.findings()
                    .error(
                            entry.get().word(0),
                            "max_hops is more than the ttl; %d is used".formatted(ttl));
            return ttl;
        }
        return hops;
    }

    /// Two sessions whose packets cannot be told apart are one.
    private boolean isTaken(Entry block, Path path) {
        for (SessionSpec other : sessions.values()) {
            if (other.path().overlaps(path)) {
                context.findings()
                        .error(
                                block.word(0),
                                "bfd_instance '%s' has the neighbour %s already"
                                        .formatted(other.name(), path.neighbour()));
                return true;
            }
        }
        return false;
    }

    /// Empty if there is no key to send with, which was complained about: a session that was to be
    /// authenticated is none without.
    private Optional<Authentication> authentication(Section session) {
        Optional<Entry> block = session.last("auth_sha1");
        if (block.isEmpty()) {
            return Optional.of(new Authentication.None());
        }
        Section inner = block.get().inner();
        List<AuthenticationKey> keys = keys(inner);
        Optional<Integer> active = inner.number("active_key").map(Context::toInt);
        if (active.isEmpty() || keys.stream().noneMatch(key -> key.id() == active.get())) {
            context.findings()
                    .error(
                            inner.last("active_key").map(Entry::at).orElse(block.get().at()),
                            "active_key names no good key; the session is left out");
            return Optional.empty();
        }
        return Optional.of(
                new Authentication.KeyedSha1(
                        keys, active.get(), inner.flag("meticulous").orElse(false)));
    }

    private List<AuthenticationKey> keys(Section inner) {
        KeyReader reader = new KeyReader(context, 1, AuthenticationKey.BYTES_MAX);
        List<AuthenticationKey> keys = new ArrayList<>();
        for (Entry entry : inner.all("key")) {
            int id = Context.toInt(entry.number());
            if (keys.stream().anyMatch(key -> key.id() == id)) {
                context.findings().error(entry.word(0), "there is a key of this number already");
                continue;
            }
            reader.octets(entry.word(1))
                    .ifPresent(octets -> keys.add(new AuthenticationKey(id, new Secret(octets))));
        }
        return keys;
    }

    private Timers timers(Section inner) {
        return new Timers(
                interval(inner, "min_rx", Timers.DEFAULT.minRx()),
                interval(inner, "min_tx", Timers.DEFAULT.minTx()),
                interval(inner, "idle_tx", Timers.DEFAULT.idleTx()),
                inner.number("multiplier").map(Context::toInt).orElse(Timers.DEFAULT.multiplier()));
    }

    private Duration interval(Section inner, String keyword, Duration usual) {
        Optional<Entry> entry = inner.last(keyword);
        if (entry.isEmpty()) {
            return usual;
        }
        Duration interval = entry.get().time();
        if (interval.compareTo(SLOW) > 0) {
            context.findings()
                    .note(
                            entry.get().word(0),
                            keyword + " is more than 10 s: failures are noticed late");
        }
        return interval;
    }
}
