package holdfast.config;

import java.util.List;
import java.util.Optional;

/// Binds where the packet filter of virtual routers lives.
final class FirewallBinder {

    private final Context context;

    FirewallBinder(Context context) {
        this.context = context;
    }

    FirewallSpec bind() {
        Section globals = context.globals();
        instead("vrrp_iptables", "chains of iptables are not used");
        instead("vrrp_ipsets", "sets of ipset are not used");
        List<Entry> uses = globals.all("nftables");
        uses.stream()
                .skip(1)
                .forEach(
                        use ->
                                context.findings()
                                        .error(use.at(), "'nftables' stands here already"));
        Optional<Word> table = uses.stream().findFirst().flatMap(use -> use.wordIfAny(0));
        return new FirewallSpec(
                table.map(Word::text).orElse(FirewallSpec.DEFAULT.table()),
                globals.number("nftables_priority")
                        .map(Long::intValue)
                        .orElse(FirewallSpec.DEFAULT.priority()),
                globals.has("nftables_ifindex"),
                globals.has("nftables_counters"));
    }

    /// Kernels have both, and a table of one's own disturbs nobody.
    private void instead(String keyword, String what) {
        context.globals()
                .last(keyword)
                .ifPresent(
                        entry ->
                                context.findings()
                                        .note(
                                                entry.at(),
                                                what + ": packets are dropped by nftables"));
    }
}
