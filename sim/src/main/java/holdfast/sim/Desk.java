package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.script.Identity;
import holdfast.script.ScriptSpec;
import holdfast.vrrp.Hearing;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Pacing;
import holdfast.vrrp.ProcessPattern;
import holdfast.vrrp.Routing;
import holdfast.vrrp.Statics;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.TrackFileSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Watching;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The orders of one router, as its administrator wants them.
final class Desk {

    private static final String GROUP = "group";
    private static final Duration RESTLESS = Duration.ofMillis(500);

    final List<Part> parts = new ArrayList<>();

    /// The group of each part, by number; 0 for none.
    List<Integer> grouping = List.of();

    Tracking groupTracking = Tracking.NOTHING;

    private final int router;
    private final List<TrackScriptSpec> scripts = new ArrayList<>();
    private final Duration startupDelay;
    private final boolean tellsUnknown;
    private Pacing pacing = Pacing.FREE;

    /// Whether a link must be down or up for a while until that counts.
    private boolean restless;

    private int processesMost = 2;
    private List<VirtualAddress> staticAddresses = List.of();
    private List<Routing> staticRouting = List.of();

    /// The part that cannot do without the static routes; none for a number beyond.
    private int reliant;

    Desk(Chance chance, int router, List<Agreement> agreements) {
        this.router = router;
        for (Agreement agreement : agreements) {
            parts.add(new Part(chance, router, agreement));
        }
        for (String name : Cluster.SCRIPTS) {
            scripts.add(script(chance, name, 0));
        }
        groupTracking = someTracking(chance);
        startupDelay = chance.oneIn(6) ? Duration.ofSeconds(3) : Duration.ZERO;
        tellsUnknown = chance.oneIn(2);
        restless = chance.oneIn(4);
        if (chance.oneIn(3)) {
            setStatics(chance);
        }
    }

    NodeSpec orders(List<Agreement> agreements, int size) {
        List<VrrpSpec> specs = new ArrayList<>();
        List<List<String>> members = new ArrayList<>();
        agreements.forEach(_ -> members.add(new ArrayList<>()));
        for (int number = 0; number < agreements.size(); number++) {
            Part part = parts.get(number);
            if (!part.present) {
                continue;
            }
            specs.add(part.spec(agreements.get(number), size));
            int group = grouping.get(number);
            if (group > 0) {
                members.get(group - 1).add(part.name);
            }
        }
        List<SyncGroupSpec> groups = new ArrayList<>();
        for (int group = 0; group < members.size(); group++) {
            if (!members.get(group).isEmpty()) {
                groups.add(
                        new SyncGroupSpec(
                                GROUP + (group + 1),
                                members.get(group),
                                groupTracking,
                                false,
                                Notifying.NOBODY));
            }
        }
        return new NodeSpec(
                specs,
                groups,
                scripts,
                startupDelay,
                pacing,
                new Hearing(Duration.ZERO, tellsUnknown),
                watching(),
                statics());
    }

    private Watching watching() {
        TrackProcessSpec process =
                new TrackProcessSpec(
                        Cluster.PROCESS,
                        new ProcessPattern(Cluster.PROCESS, List.of(), ProcessPattern.Match.NAME),
                        Weight.FAULT,
                        1,
                        Optional.of(processesMost),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(2));
        List<LinkWatchSpec> links = new ArrayList<>();
        for (String card : restless ? List.of(Cluster.FIRST, Cluster.OTHER) : List.<String>of()) {
            links.add(new LinkWatchSpec(card, Optional.empty(), RESTLESS, RESTLESS));
        }
        return new Watching(
                List.of(new TrackFileSpec(Cluster.FILE, "/run/number", Optional.empty())),
                List.of(process),
                links);
    }

    private Statics statics() {
        List<Statics.Reliance> reliances = new ArrayList<>();
        if (reliant < parts.size() && parts.get(reliant).present && !staticRouting.isEmpty()) {
            reliances.add(
                    new Statics.Reliance("track", List.of(parts.get(reliant).name), staticRouting));
        }
        return new Statics(staticAddresses, staticRouting, reliances);
    }

    /// Something changes that is of the whole host.
    void change(Chance chance) {
        switch (chance.below(8)) {
            case 0 -> groupTracking = someTracking(chance);
            case 1 -> {
                String name = Cluster.SCRIPTS.getFirst();
                scripts.set(0, script(chance, name, chance.below(2)));
            }
            case 2 -> {
                Duration gap = chance.oneIn(2) ? Duration.ZERO : Duration.ofMillis(5);
                pacing = new Pacing(gap, gap, List.of());
            }
            case 3 -> restless = !restless;
            case 4 -> processesMost = 1 + chance.below(3);
            case 5 -> setStatics(chance);
            case 6 -> reliant = chance.below(2 * parts.size());
            default -> parts.forEach(part -> part.owner &= chance.oneIn(2));
        }
    }

    private void setStatics(Chance chance) {
        String card = chance.anyOf(Cluster.CARDS);
        IpAddress address = Agreement.staticAddress(card, router);
        staticAddresses =
                chance.oneIn(3)
                        ? List.of()
                        : List.of(VirtualAddress.plain(IpPrefix.host(address), card));
        List<Routing> some = new ArrayList<>();
        for (int i = chance.below(3); i > 0; i--) {
            some.add(Agreement.routeTo(Ipv4Address.of(198, 51, 100, 200 + i), card));
        }
        staticRouting = List.copyOf(some);
        reliant = chance.below(2 * parts.size());
    }

    private static Tracking someTracking(Chance chance) {
        return chance.oneIn(3)
                ? new Tracking(
                        false,
                        Part.someItems(chance, List.of(Cluster.OTHER)),
                        Part.someItems(chance, Cluster.SCRIPTS),
                        Part.someItems(chance, List.of(Cluster.FILE)),
                        Part.someItems(chance, List.of(Cluster.PROCESS)))
                : Tracking.NOTHING;
    }

    private static TrackScriptSpec script(Chance chance, String name, int edition) {
        List<String> argv = List.of("/bin/" + name, String.valueOf(edition));
        return new TrackScriptSpec(
                name,
                new ScriptSpec(argv, new Identity("root", 0, 0)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1 + chance.below(2),
                1 + chance.below(2),
                chance.oneIn(4));
    }
}
