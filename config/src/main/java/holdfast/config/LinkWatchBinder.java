package holdfast.config;

import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.LinkWatchSpec.Poll;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds how interfaces are looked at: `linkbeat_interfaces`, `linkbeat_use_polling` and
/// `interface_up_down_delays`.
final class LinkWatchBinder {

    /// How long a change must last.
    ///
    /// @param at where that is said
    private record Delays(Word at, Duration down, Duration up) {}

    private final Context context;

    LinkWatchBinder(Context context) {
        this.context = context;
    }

    /// @param blocks the instances as they are written
    /// @param instances the instances as they will be
    List<LinkWatchSpec> bind(Section root, List<Entry> blocks, List<VrrpSpec> instances) {
        Map<String, Poll> polls = polls(root, blocks, instances);
        Map<String, Delays> delays = delays(root);
        Map<String, LinkWatchSpec> specs = new LinkedHashMap<>();
        polls.forEach(
                (name, poll) ->
                        specs.put(
                                name,
                                new LinkWatchSpec(
                                        name, Optional.of(poll), Duration.ZERO, Duration.ZERO)));
        delays.forEach(
                (name, wanted) -> {
                    Delays bearable = bearable(name, wanted, instances);
                    specs.put(
                            name,
                            new LinkWatchSpec(
                                    name,
                                    Optional.ofNullable(polls.get(name)),
                                    bearable.down(),
                                    bearable.up()));
                });
        return List.copyOf(specs.values());
    }

    /// With `linkbeat_use_polling`, every interface that matters to an instance is asked.
    private Map<String, Poll> polls(Section root, List<Entry> blocks, List<VrrpSpec> instances) {
        Map<String, Poll> polls = new LinkedHashMap<>();
        for (Entry list : root.all("linkbeat_interfaces")) {
            for (Statement line : list.lines()) {
                if (mayName(line.keyword())) {
                    Poll poll = line.words().isEmpty() ? Poll.ANY : kind(line.words().getFirst());
                    polls.put(line.keyword().text(), poll);
                }
            }
        }
        for (Entry block : blocks) { // An old spelling in instances, for their own interface.
            if (block.inner().has("linkbeat_interfaces")) {
                block.inner()
                        .text("interface")
                        .ifPresent(name -> polls.putIfAbsent(name, Poll.ANY));
            }
        }
        if (root.has("linkbeat_use_polling")) {
            for (VrrpSpec instance : instances) {
                used(instance).forEach(name -> polls.putIfAbsent(name, Poll.ANY));
            }
        }
        return polls;
    }

    /// Words that are no kind were complained about.
    private static Poll kind(Word word) {
        return switch (word.text()) {
            case "MII" -> Poll.MII;
            case "ETHTOOL" -> Poll.ETHTOOL;
            case "IOCTL" -> Poll.IOCTL;
            default -> Poll.ANY;
        };
    }

    private Map<String, Delays> delays(Section root) {
        Map<String, Delays> delays = new LinkedHashMap<>();
        for (Entry list : root.all("interface_up_down_delays")) {
            for (Statement line : list.lines()) {
                List<Word> words = line.words();
                if (words.isEmpty() || !mayName(line.keyword())) {
                    continue;
                }
                Duration down = seconds(words.getFirst());
                Duration up = words.size() < 2 ? Duration.ZERO : seconds(words.get(1));
                delays.put(line.keyword().text(), new Delays(line.keyword(), down, up));
            }
        }
        return delays;
    }

    private static Duration seconds(Word word) {
        return Scalars.seconds(word.text(), 6, Duration.ZERO, Duration.ofSeconds(255))
                .value()
                .orElse(Duration.ZERO);
    }

    private boolean mayName(Word word) {
        boolean may = context.mayName(word.text());
        if (!may) {
            context.findings().fatal(word, "there is no interface '" + word.text() + "'");
        }
        return may;
    }

    /// A router must notice before its peers take it for dead.
    private Delays bearable(String name, Delays wanted, List<VrrpSpec> instances) {
        Duration most = Duration.ofSeconds(255);
        String whose = "";
        for (VrrpSpec instance : instances) {
            Duration limit = limit(instance.timing());
            if (used(instance).contains(name) && limit.compareTo(most) < 0) {
                most = limit;
                whose = instance.name();
            }
        }
        if (wanted.down().compareTo(most) <= 0 && wanted.up().compareTo(most) <= 0) {
            return wanted;
        }
        context.findings()
                .error(
                        wanted.at(),
                        "'%s' needs delays of %s s at most, and gets them"
                                .formatted(whose, most.toNanos() / 1e9));
        return new Delays(wanted.at(), shorter(wanted.down(), most), shorter(wanted.up(), most));
    }

    private static Duration limit(Timing timing) {
        Duration interval = timing.interval();
        return interval.multipliedBy(timing.downTimerAdverts() - 1L).minus(interval.dividedBy(256));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static List<String> used(VrrpSpec instance) {
        List<String> names = new ArrayList<>(instance.interfaceName().stream().toList());
        instance.tracking().interfaces().stream().map(Tracking.Item::name).forEach(names::add);
        return names;
    }
}
