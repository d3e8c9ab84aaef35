package holdfast.sim;

import holdfast.vrrp.Announcing;
import holdfast.vrrp.ChecksumRule;
import holdfast.vrrp.Conduct;
import holdfast.vrrp.Election;
import holdfast.vrrp.Priority;
import holdfast.vrrp.ReceiveShare;
import holdfast.vrrp.Routing;
import holdfast.vrrp.Timing;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.Version;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.VrrpSpecDraft;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one router makes of an agreement: its own priority, timers, addresses, and so on.
final class Part {

    private static final List<Integer> PRIORITIES = List.of(50, 100, 100, 150);
    private static final List<Duration> DELAYS =
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final List<Announcing> ANNOUNCING =
            List.of(
                    Announcing.DEFAULT,
                    new Announcing(
                            1,
                            Duration.ZERO,
                            Duration.ofSeconds(2),
                            1,
                            0,
                            Duration.ZERO,
                            Announcing.Elsewhere.NEVER));
    private static final List<Weight> WEIGHTS =
            List.of(
                    Weight.FAULT,
                    Weight.FAULT,
                    new Weight(60, false),
                    new Weight(-60, false),
                    new Weight(30, true),
                    new Weight(0, true));

    final int router;
    String name;
    boolean present = true;
    boolean owner;
    int priority;
    boolean preempts;
    Duration preemptDelay = Duration.ZERO;
    boolean wantsMaster;
    boolean strongerSendAdvert;
    boolean weakerNoAdvert;

    /// Who is no more when it has stood still; only those that never preempt ask.
    Optional<Integer> rivalAfterStall = Optional.empty();

    /// Only in version 3 may routers differ in it.
    Optional<Duration> interval = Optional.empty();

    int downTimerAdverts = 3;
    boolean tracksOwnInterface = true;
    List<Tracking.Item> interfaces = List.of();
    List<Tracking.Item> scripts = List.of();
    List<Tracking.Item> files = List.of();
    List<Tracking.Item> processes = List.of();
    Announcing announcing;
    boolean accepts = true;
    List<VirtualAddress> addresses = new ArrayList<>();
    List<VirtualAddress> excluded = new ArrayList<>();
    List<Routing> routing = new ArrayList<>();

    Part(Chance chance, int router, Agreement agreement) {
        this.router = router;
        this.name = "vi" + agreement.vrid();
        for (int i = 0; i < agreement.addressCount(); i++) {
            addresses.add(agreement.virtualAddress(i, agreement.card()));
        }
        for (int i = chance.oneIn(3) ? 2 : 0; i > 0; i--) {
            routing.add(agreement.route(i));
        }
        announcing = chance.anyOf(ANNOUNCING);
        prioritize(chance);
        elect(chance);
        track(chance);
    }

    void prioritize(Chance chance) {
        priority = chance.anyOf(PRIORITIES);
    }

    void elect(Chance chance) {
        preempts = !chance.oneIn(4);
        preemptDelay = preempts ? chance.anyOf(DELAYS) : Duration.ZERO;
        wantsMaster = preempts && preemptDelay.isZero() && chance.oneIn(4);
        accepts = !chance.oneIn(3);
        strongerSendAdvert = chance.oneIn(8);
        weakerNoAdvert = chance.oneIn(8);
        boolean givesUp = !preempts && chance.oneIn(2);
        rivalAfterStall = givesUp ? Optional.of(chance.anyOf(PRIORITIES)) : Optional.empty();
    }

    void track(Chance chance) {
        tracksOwnInterface = !chance.oneIn(6);
        interfaces = someItems(chance, List.of(Cluster.OTHER));
        scripts = someItems(chance, Cluster.SCRIPTS);
        files = someItems(chance, List.of(Cluster.FILE));
        processes = someItems(chance, List.of(Cluster.PROCESS));
    }

    void time(Chance chance, Agreement agreement) {
        interval =
                agreement.version() == Version.V3 && chance.oneIn(2)
                        ? Optional.of(Agreement.anInterval(chance, Version.V3))
                        : Optional.empty();
        downTimerAdverts = chance.anyOf(List.of(2, 3, 3, 5));
    }

    void announce(Chance chance) {
        announcing = chance.anyOf(ANNOUNCING);
    }

    /// Adds, drops, or moves an address.
    void readdress(Chance chance, Agreement agreement) {
        VirtualAddress one =
                agreement.virtualAddress(
                        chance.below(5), chance.oneIn(6) ? Cluster.OTHER : agreement.card());
        boolean was = addresses.removeIf(other -> other.address().equals(one.address()));
        was |= excluded.removeIf(other -> other.address().equals(one.address()));
        if (!was || chance.oneIn(3)) {
            (chance.oneIn(3) ? excluded : addresses).add(one);
        }
    }

    /// Adds or drops a route.
    void reroute(Chance chance, Agreement agreement) {
        Routing one = agreement.route(chance.below(4));
        if (!routing.remove(one)) {
            routing.add(one);
        }
    }

    static List<Tracking.Item> someItems(Chance chance, List<String> names) {
        return chance.oneIn(3)
                ? List.of(new Tracking.Item(chance.anyOf(names), chance.anyOf(WEIGHTS)))
                : List.of();
    }

    /// Follows another member of its group in all that members must have in common.
    void agreeWith(Part other) {
        present = other.present;
        owner = other.owner;
        priority = other.priority;
        preempts = other.preempts;
        preemptDelay = other.preemptDelay;
        interfaces = other.interfaces;
        scripts = other.scripts;
        files = other.files;
        processes = other.processes;
    }

    VrrpSpec spec(Agreement agreement, int size) {
        Tracking tracking = new Tracking(tracksOwnInterface, interfaces, scripts, files, processes);
        Conduct conduct =
                new Conduct(
                        false,
                        new ChecksumRule.Usual(),
                        false,
                        preempts || owner ? Optional.empty() : rivalAfterStall,
                        new ReceiveShare.Usual(),
                        0);
        return VrrpSpecDraft.plain(name, agreement.vrid(), agreement.card())
                .version(agreement.version())
                .family(agreement.family())
                .transport(agreement.transport(router, size))
                .source(
                        agreement.unicast()
                                ? Optional.of(agreement.address(router))
                                : Optional.empty())
                .election(election())
                .timing(new Timing(timing(agreement), downTimerAdverts))
                .authentication(agreement.authentication())
                .addresses(addresses)
                .excluded(excluded)
                .accept(accepts)
                .routing(routing)
                .announcing(announcing)
                .tracking(tracking)
                .conduct(conduct)
                .done();
    }

    private Duration timing(Agreement agreement) {
        return agreement.version() == Version.V3
                ? interval.orElse(agreement.interval())
                : agreement.interval();
    }

    private Election election() {
        return new Election(
                owner ? Priority.OWNER : new Priority(priority),
                owner || wantsMaster,
                owner || preempts,
                owner ? Duration.ZERO : preemptDelay,
                weakerNoAdvert,
                strongerSendAdvert,
                false);
    }
}
