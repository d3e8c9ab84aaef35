package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What must be so of a cluster that was left alone for a while, and of what it does next.
final class Calm {

    /// One instance of one router.
    private record Member(Router router, InstanceStatus status) {

        String who() {
            return router.name() + "/" + status.spec().name();
        }

        boolean isMaster() {
            return status.role() == Role.MASTER;
        }
    }

    /// Start-up delays, and scripts that change their minds.
    private static final Duration FOREWORD = Duration.ofSeconds(8);

    /// What a chain of events takes beside the timers.
    private static final Duration SLACK = Duration.ofMillis(200);

    private final World world;
    private final List<Router> routers;
    private final List<Segment> segments;
    private final Coverage coverage;
    private final Map<String, Long> advertsBefore = new HashMap<>();
    private final Duration masterDown;
    private MonoTime since;

    Calm(World world, List<Router> routers, List<Segment> segments, Coverage coverage) {
        this.world = world;
        this.routers = routers;
        this.segments = segments;
        this.coverage = coverage;
        this.since = world.now();
        this.masterDown = longestMasterDown();
    }

    /// How long it may take until everything is decided.
    Duration settling() {
        Duration longest = Duration.ZERO;
        for (Router router : routers) {
            for (VrrpSpec spec : router.file().instances()) {
                Duration delay = spec.election().preemptDelay();
                longest = longest.compareTo(delay) < 0 ? delay : longest;
            }
        }
        return FOREWORD.plus(longest).plus(masterDown.multipliedBy(3));
    }

    /// How long nothing may happen.
    Duration watching() {
        return masterDown.multipliedBy(2);
    }

    private Duration longestMasterDown() {
        Duration interval = Duration.ZERO;
        int adverts = 0;
        for (Router router : routers) {
            for (VrrpSpec spec : router.file().instances()) {
                Duration own = spec.timing().interval();
                interval = interval.compareTo(own) < 0 ? own : interval;
                adverts = Math.max(adverts, spec.timing().downTimerAdverts());
            }
        }
        return interval.multipliedBy(adverts + 1L).plus(Duration.ofSeconds(1));
    }

    void begin() {
        since = world.now();
        for (Member member : members()) {
            advertsBefore.put(member.who(), member.status().counters().advertsSent());
        }
    }

    /// Looks at a cluster that had time to settle, and has been watched since.
    void end() {
        for (Router router : routers) {
            coverage.expect(
                    Law.CALM,
                    !router.lastRoleChangeAt().isAfter(since),
                    () -> router.name() + ": a role changed at " + router.lastRoleChangeAt());
            if (router.isRunning()) {
                agreement(router);
            }
        }
        for (Member member : members()) {
            coverage.expect(
                    Law.READY,
                    member.status().role() != Role.INIT,
                    () -> member.who() + ": " + member.status().faults());
        }
        for (Router router : routers) {
            for (int vrid : vrids()) {
                elected(partOf(router, vrid));
            }
        }
        members().forEach(this::silence);
    }

    private void agreement(Router router) {
        Map<String, Role> roles = new HashMap<>();
        router.status().forEach(one -> roles.put(one.spec().name(), one.role()));
        for (SyncGroupSpec group : router.file().groups()) {
            coverage.expect(
                    Law.AGREEMENT,
                    group.members().stream().map(roles::get).distinct().count() == 1,
                    () -> router.name() + "/" + group.name() + ": " + roles);
        }
    }

    private void elected(List<Member> part) {
        List<Member> able = part.stream().filter(one -> isAble(one.status())).toList();
        if (able.isEmpty()) {
            return;
        }
        List<String> masters = able.stream().filter(Member::isMaster).map(Member::who).toList();
        coverage.expect(
                Law.ONE_MASTER,
                masters.size() == 1,
                () -> able.getFirst().who() + ": masters " + masters);
        Member master = able.stream().filter(Member::isMaster).findFirst().orElseThrow();
        Optional<IpAddress> source = master.status().source();
        for (Member other : able) {
            if (other.isMaster()) {
                continue;
            }
            int priority = other.status().priority();
            coverage.expect(
                    Law.RANK,
                    !other.status().spec().election().preempt()
                            || priority <= master.status().priority(),
                    () -> other.who() + ": " + priority + " under " + master.status().priority());
            coverage.expect(
                    Law.ALLEGIANCE,
                    other.status().master().map(InstanceStatus.Master::address).equals(source),
                    () -> other.who() + ": " + other.status().master() + " for " + source);
        }
    }

    private static boolean isAble(InstanceStatus one) {
        return one.role() == Role.BACKUP || one.role() == Role.MASTER;
    }

    private void silence(Member member) {
        long sent =
                member.status().counters().advertsSent()
                        - advertsBefore.getOrDefault(member.who(), 0L);
        Duration interval = member.status().spec().timing().interval();
        long due = watching().dividedBy(interval);
        boolean right = member.isMaster() ? sent >= due - 1 && sent <= due + 1 : sent == 0;
        coverage.expect(
                Law.SILENCE,
                right,
                () -> member.who() + ": " + sent + " adverts, " + due + " are due");
    }

    /// The router with the first master stops or dies; those that can must take over in time.
    void succession(Chance chance) {
        List<Member> masters = members().stream().filter(Member::isMaster).toList();
        if (masters.isEmpty()) {
            return;
        }
        Router leaver = chance.anyOf(masters).router();
        boolean stops = chance.oneIn(2);
        List<VrrpSpec> left = new ArrayList<>();
        for (InstanceStatus one : leaver.status()) {
            if (one.role() == Role.MASTER) {
                left.add(one.spec());
            }
        }
        Duration longest = Duration.ZERO;
        Map<VrrpSpec, List<Router>> heirs = new HashMap<>();
        for (VrrpSpec spec : left) {
            List<Router> able = new ArrayList<>();
            for (Member member : partOf(leaver, spec.vrid())) {
                InstanceStatus status = member.status();
                if (member.router() != leaver && isAble(status)) {
                    able.add(member.router());
                    Duration interval = status.masterInterval();
                    Duration wait =
                            stops
                                    ? Patience.skew(status.spec(), status.priority(), interval)
                                    : Patience.masterDown(status, interval);
                    longest = longest.compareTo(wait) < 0 ? wait : longest;
                }
            }
            heirs.put(spec, able);
        }
        if (stops) {
            leaver.stop();
        } else {
            leaver.kill();
        }
        Duration within = longest.plus(SLACK);
        world.runUntil(world.now().plus(within));
        for (VrrpSpec spec : left) {
            List<Router> able = heirs.getOrDefault(spec, List.of());
            coverage.expect(
                    Law.SUCCESSION,
                    able.isEmpty() || able.stream().anyMatch(one -> rules(one, spec.vrid())),
                    () ->
                            "%s/%s: %s, nobody took over within %s"
                                    .formatted(
                                            leaver.name(),
                                            spec.name(),
                                            stops ? "stopped" : "died",
                                            within));
        }
    }

    private static boolean rules(Router router, int vrid) {
        return router.status().stream()
                .anyMatch(one -> one.spec().vrid() == vrid && one.role() == Role.MASTER);
    }

    /// Everybody stops.
    void farewell() {
        for (Router router : routers) {
            if (!router.isRunning()) {
                continue;
            }
            NodeSpec orders = router.file();
            router.stop();
            for (VrrpSpec spec : orders.instances()) {
                for (VirtualAddress address : spec.addresses()) {
                    coverage.expect(
                            Law.NOTHING_LEFT,
                            spec.isOwner() || !router.host().holds(address),
                            () -> router.name() + "/" + spec.name() + ": " + address.address());
                }
            }
        }
    }

    private List<Integer> vrids() {
        return members().stream().map(one -> one.status().spec().vrid()).distinct().toList();
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (Router router : routers) {
            if (router.isRunning()) {
                router.status().forEach(one -> members.add(new Member(router, one)));
            }
        }
        return members;
    }

    /// The routers that hear each other, this one among them, as far as they have the VRID.
    private List<Member> partOf(Router one, int vrid) {
        return members().stream()
                .filter(member -> member.status().spec().vrid() == vrid)
                .filter(member -> segments.getFirst().joins(one, member.router()))
                .toList();
    }
}
