package holdfast.config;

import holdfast.vrrp.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Binds how fast announcements may follow each other: `garp_group`, and what is so for the rest.
final class PacingBinder {

    private final Context context;
    private final List<Pacing.Group> groups = new ArrayList<>();
    private final Set<String> grouped = new HashSet<>();

    PacingBinder(Context context) {
        this.context = context;
    }

    void group(Entry block) {
        Section inner = block.inner();
        Optional<Duration> arpGap = inner.time("garp_interval");
        Optional<Duration> naGap = inner.time("gna_interval");
        List<String> interfaces = new ArrayList<>();
        for (Entry one : inner.all("interface")) {
            add(one.word(0), interfaces);
        }
        for (Entry list : inner.all("interfaces")) {
            list.listed().forEach(word -> add(word, interfaces));
        }
        if (arpGap.isEmpty() && naGap.isEmpty()) {
            context.findings().error(block.at(), "a garp_group without an interval limits nothing");
        } else if (interfaces.isEmpty()) {
            context.findings().error(block.at(), "a garp_group without interfaces limits nothing");
        } else {
            groups.add(new Pacing.Group(interfaces, arpGap, naGap));
        }
    }

    private void add(Word word, List<String> interfaces) {
        String name = word.text();
        Optional<String> bad = Scalars.interfaceName(name).complaint();
        if (bad.isPresent()) {
            context.findings().error(word, bad.get());
        } else if (!grouped.add(name)) {
            context.findings().error(word, "'" + name + "' is in a garp_group already");
        } else {
            interfaces.add(name);
            if (!context.mayName(name)) {
                context.findings().warning(word, "there is no interface '" + name + "'");
            }
        }
    }

    Pacing pacing() {
        return new Pacing(
                context.globals().time("vrrp_garp_interval").orElse(Duration.ZERO),
                context.globals().time("vrrp_gna_interval").orElse(Duration.ZERO),
                groups);
    }
}
