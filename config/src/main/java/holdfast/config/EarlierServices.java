package holdfast.config;

import holdfast.balance.CheckerSpec;
import holdfast.balance.QuorumSpec;
import holdfast.balance.RealServerSpec;
import holdfast.balance.ServiceKey;
import holdfast.balance.VirtualServerSpec;
import holdfast.probe.ProbeSpec;
import holdfast.probe.TlsSpec.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The virtual servers that were bound last time, so that a reload need not bind those again whose
/// text is the same.
///
/// Only such are in here as follow from their text, `global_defs`, and the data plane alone, and as
/// nobody complained about: who names scripts, files, sessions, or groups is bound each time, since
/// what those are may be other than it was. Confined to one thread.
public final class EarlierServices {

    /// What counts for all virtual servers.
    ///
    /// @param client who we are to servers that ask over TLS
    record Terms(Section globals, GlobalSpec.Backend plane, Credentials client) {}

    /// @param spec empty where nobody keeps it
    record Bound(PlainBlock block, ServiceKey key, Optional<VirtualServerSpec> spec) {}

    private Optional<Terms> terms = Optional.empty();
    private Map<String, Bound> earlier = Map.of();
    private Map<String, Bound> now = new HashMap<>();

    /// Whether a block means now what it meant.
    private boolean comparable;

    public EarlierServices() {}

    /// What is bound from now on is another reading of the configuration.
    void begin(Terms next) {
        comparable = terms.equals(Optional.of(next));
        earlier = now;
        terms = Optional.of(next);
        now = HashMap.newHashMap(earlier.size());
    }

    /// Forgets what this reading did not find.
    void end() {
        earlier = Map.of();
    }

    /// What a block of the very same text became.
    Optional<Bound> find(Entry entry) {
        Optional<PlainBlock> block = left(entry);
        Bound before = earlier.get(entry.statement().raw());
        return block.isPresent() && before != null && comparable && before.block().says(block.get())
                ? Optional.of(before)
                : Optional.empty();
    }

    /// The same spec, as the same object if there was one: there may be many, and twice is too
    /// often.
    VirtualServerSpec shared(Entry entry, VirtualServerSpec spec) {
        Bound before = earlier.get(entry.statement().raw());
        return before == null ? spec : before.spec().filter(spec::equals).orElse(spec);
    }

    /// Takes note of what a block became, about which nobody complained.
    void note(Entry entry, VirtualServerSpec spec, boolean keeps) {
        if (followsFromText(spec)) {
            Optional<VirtualServerSpec> kept = keeps ? Optional.of(spec) : Optional.empty();
            left(entry).ifPresent(block -> put(entry, new Bound(block, spec.key(), kept)));
        }
    }

    /// The same from an earlier reading.
    void note(Entry entry, Bound before) {
        left(entry).ifPresent(block -> put(entry, new Bound(block, before.key(), before.spec())));
    }

    private void put(Entry entry, Bound bound) {
        now.put(entry.statement().raw(), bound);
    }

    private static Optional<PlainBlock> left(Entry entry) {
        return entry.statement().block().orElse(null) instanceof PlainBlock block
                ? Optional.of(block)
                : Optional.empty();
    }

    private boolean followsFromText(VirtualServerSpec spec) {
        QuorumSpec quorum = spec.quorum();
        if (spec.key() instanceof ServiceKey.Group
                || quorum.up().isPresent()
                || quorum.down().isPresent()) {
            return false;
        }
        for (RealServerSpec server : spec.servers()) {
            if (server.notifyUp().isPresent() || server.notifyDown().isPresent()) {
                return false;
            }
            for (CheckerSpec checker : server.checkers()) {
                if (!followsFromText(checker.probe())) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The kinds that do are named, and not those that do not: another kind may not.
    private boolean followsFromText(ProbeSpec probe) {
        return probe instanceof ProbeSpec.Tcp
                || probe instanceof ProbeSpec.Http
                || probe instanceof ProbeSpec.Smtp
                || probe instanceof ProbeSpec.Dns
                || probe instanceof ProbeSpec.Udp
                || probe instanceof ProbeSpec.Ping
                || probe instanceof ProbeSpec.Https https && namesNoFile(https);
    }

    private boolean namesNoFile(ProbeSpec.Https https) {
        return terms.map(Terms::client).equals(Optional.of(https.tls().credentials()));
    }
}
