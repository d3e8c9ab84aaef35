package holdfast.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.time.MonoTime;
import holdfast.vrrp.InstanceStatus;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Notifying;
import holdfast.vrrp.Role;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A reload from any orders to any others, in any state, does the least that leads there.
class ReloadPairsTest {

    private static final int PAIRS = 300;

    /// Before and after a reload.
    private record Moment(
            Map<Identity, InstanceStatus> status,
            Map<Identity, Set<Object>> held,
            MonoTime deadline) {

        static Moment of(Bench bench) {
            Map<Identity, InstanceStatus> status = new LinkedHashMap<>();
            Map<Identity, Set<Object>> held = new HashMap<>();
            for (InstanceStatus one : bench.status()) {
                Identity identity = Identity.of(one.spec());
                status.put(identity, one);
                held.put(identity, bench.held(one.spec().name()));
            }
            return new Moment(status, held, bench.deadline());
        }

        InstanceStatus of(Identity identity) {
            return Optional.ofNullable(status.get(identity)).orElseThrow();
        }
    }

    @Test
    void theSameOrdersDoNothingWhateverTheirSequence() {
        for (long seed = 1; seed <= PAIRS; seed++) {
            Chance chance = new Chance(seed);
            Cluster cluster = new Cluster(chance.split());
            NodeSpec orders = cluster.orders(0);
            Bench bench = running(chance, cluster);
            Moment before = Moment.of(bench);
            Random random = new Random(seed);
            NodeSpec shuffled = with(orders, shuffled(random, orders.instances()), orders.groups());

            List<VrrpEffect> effects = bench.reload(shuffled);

            assertEquals(List.of(), effects, "seed " + seed);
            assertEquals(before, Moment.of(bench), "seed " + seed);
        }
    }

    @Test
    void otherNamesChangeNothingButTheClaims() {
        for (long seed = 1; seed <= PAIRS; seed++) {
            Chance chance = new Chance(seed);
            Cluster cluster = new Cluster(chance.split());
            Bench bench = running(chance, cluster);
            Moment before = Moment.of(bench);

            List<VrrpEffect> effects = bench.reload(renamed(cluster.orders(0)));

            Moment after = Moment.of(bench);
            String who = "seed " + seed;
            assertEquals(before.held(), after.held(), who);
            assertEquals(before.deadline(), after.deadline(), who);
            for (VrrpEffect effect : effects) {
                boolean claim =
                        effect instanceof VrrpEffect.ClaimAddresses
                                || effect instanceof VrrpEffect.ReleaseAddresses
                                || effect instanceof VrrpEffect.ClaimRouting
                                || effect instanceof VrrpEffect.ReleaseRouting;
                assertTrue(claim, who + effect);
            }
            after.status().forEach((one, now) -> isSame(who, before.of(one), now));
        }
    }

    @Test
    void changedOrdersKeepRolesMemoryAndNumbersAndTakeOnlyTheDifference() {
        for (long seed = 1; seed <= PAIRS; seed++) {
            Chance chance = new Chance(seed);
            Cluster cluster = new Cluster(chance.split());
            Bench bench = running(chance, cluster);
            for (int i = chance.below(4); i >= 0; i--) {
                cluster.change(chance, 0);
            }
            leadsThere("seed " + seed, bench, cluster.orders(0));
        }
    }

    @Test
    void ordersOfAnotherClusterKeepWhatBothHave() {
        for (long seed = 1; seed <= PAIRS; seed++) {
            Chance chance = new Chance(seed);
            Bench bench = running(chance, new Cluster(chance.split()));
            leadsThere("seed " + seed, bench, new Cluster(chance.split()).orders(0));
            bench.run(chance.upTo(Duration.ofSeconds(5)));
            leadsThere("seed " + seed, bench, new Cluster(chance.split()).orders(0));
        }
    }

    @Test
    void whoComesIntoAGroupDragsNobodyDown() {
        int masters = 0;
        for (long seed = 1; seed <= PAIRS; seed++) {
            Chance chance = new Chance(seed);
            Cluster cluster = new Cluster(chance.split());
            NodeSpec all = cluster.orders(0);
            List<VrrpSpec> healthy = new ArrayList<>();
            for (VrrpSpec one : all.instances()) {
                healthy.add(one.draft().tracking(Tracking.PRIMARY).done());
            }
            int few = chance.below(healthy.size() + 1);
            List<VrrpSpec> some = List.copyOf(healthy.subList(0, few));
            NodeSpec plain =
                    new NodeSpec(
                            some, grouped(chance.below(few + 1), some), List.of(), Duration.ZERO);
            Bench bench = new Bench(plain, cluster.orders(1));
            bench.run(Duration.ofSeconds(20));
            bench.part();
            Moment before = Moment.of(bench);

            bench.reload(
                    new NodeSpec(
                            healthy, grouped(healthy.size(), healthy), List.of(), Duration.ZERO));

            for (int seconds = 0; seconds < 30; seconds++) {
                Moment after = Moment.of(bench);
                String who = "seed " + seed + ", second " + seconds;
                before.status()
                        .forEach(
                                (one, was) -> {
                                    Role now = after.of(one).role();
                                    assertTrue(
                                            now == was.role() || now == Role.MASTER,
                                            who + was + now);
                                });
                bench.run(Duration.ofSeconds(1));
            }
            masters +=
                    (int)
                            before.status().values().stream()
                                    .filter(one -> one.role() == Role.MASTER)
                                    .count();
        }
        assertTrue(masters > PAIRS / 4, "only " + masters + " masters");
    }

    /// Loads the next orders, and looks whether that did the least.
    private static void leadsThere(String who, Bench bench, NodeSpec next) {
        Moment before = Moment.of(bench);
        Map<Identity, Advert.Unique> numbers = numbers(bench);
        List<VrrpEffect> effects = bench.reload(next);
        List<InstanceStatus> status = bench.status();
        assertEquals(next.instances(), status.stream().map(InstanceStatus::spec).toList(), who);
        Set<String> masters = new HashSet<>();
        for (InstanceStatus now : status) {
            Identity identity = Identity.of(now.spec());
            Optional<InstanceStatus> was = Optional.ofNullable(before.status().get(identity));
            if (was.isPresent()) {
                keeps(who, was.get(), now);
            } else {
                assertTrue(now.role() != Role.MASTER, who);
            }
            Set<Object> held = bench.held(now.spec().name());
            if (now.role() == Role.MASTER) {
                assertEquals(things(now.spec()), held, who);
                masters.add(now.spec().name());
                Set<Object> kept = new HashSet<>(before.held().getOrDefault(identity, Set.of()));
                kept.retainAll(held);
                assertFalse(touches(effects, was.orElseThrow(), now, kept), who + effects);
            }
        }
        masters.removeIf(name -> bench.held(name).isEmpty());
        assertEquals(masters, bench.holders(), who);
        bench.run(Duration.ofSeconds(3));
        numbers(bench)
                .forEach(
                        (identity, now) -> {
                            Advert.Unique was = numbers.getOrDefault(identity, now);
                            boolean grows =
                                    was.trailer() != now.trailer()
                                            || Long.compareUnsigned(now.value(), was.value()) >= 0;
                            assertTrue(grows, who + identity + now + " after " + was);
                        });
    }

    private static Map<Identity, Advert.Unique> numbers(Bench bench) {
        Map<Identity, Advert.Unique> numbers = new HashMap<>();
        for (InstanceStatus one : bench.status()) {
            bench.number(one.spec().name())
                    .ifPresent(number -> numbers.put(Identity.of(one.spec()), number));
        }
        return numbers;
    }

    private static boolean touches(
            List<VrrpEffect> effects, InstanceStatus was, InstanceStatus now, Set<Object> kept) {
        if (!was.spec().name().equals(now.spec().name())) {
            return false;
        }
        String name = now.spec().name();
        List<Object> touched = new ArrayList<>();
        for (VrrpEffect effect : effects) {
            touched.addAll(ReloadLaws.claimed(effect, name));
            touched.addAll(ReloadLaws.released(effect, name));
        }
        return !Collections.disjoint(touched, kept);
    }

    private static void keeps(String who, InstanceStatus was, InstanceStatus now) {
        if (was.role() == now.role()) {
            assertEquals(was.since(), now.since(), who);
            assertEquals(was.counters(), now.counters(), who);
            assertEquals(was.master(), now.master(), who);
            return;
        }
        boolean begins = was.role() == Role.INIT || was.role() == Role.FAULT;
        assertTrue(
                now.role() == Role.FAULT || (begins && now.role() == Role.BACKUP),
                who + was + " to " + now);
        assertEquals(was.counters().advertsReceived(), now.counters().advertsReceived(), who);
        assertEquals(was.counters().becameMaster(), now.counters().becameMaster(), who);
    }

    private static void isSame(String who, InstanceStatus was, InstanceStatus now) {
        keeps(who, was, now);
        assertEquals(was.role(), now.role(), who);
        assertEquals(was.priority(), now.priority(), who);
        assertEquals(was.masterInterval(), now.masterInterval(), who);
    }

    private static Bench running(Chance chance, Cluster cluster) {
        Bench bench = new Bench(cluster.orders(0), cluster.orders(1));
        bench.run(chance.upTo(Duration.ofSeconds(12)));
        return bench;
    }

    private static Set<Object> things(VrrpSpec spec) {
        Set<Object> all = new HashSet<>(spec.addresses());
        all.addAll(spec.excluded());
        all.addAll(spec.routing());
        return all;
    }

    private static List<SyncGroupSpec> grouped(int count, List<VrrpSpec> instances) {
        List<String> names = instances.stream().limit(count).map(VrrpSpec::name).toList();
        return names.isEmpty()
                ? List.of()
                : List.of(
                        new SyncGroupSpec("all", names, Tracking.NOTHING, false, Notifying.NOBODY));
    }

    private static <T> List<T> shuffled(Random random, List<T> some) {
        List<T> shuffled = new ArrayList<>(some);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static NodeSpec renamed(NodeSpec from) {
        UnaryOperator<String> other = name -> "other-" + name;
        List<VrrpSpec> instances = new ArrayList<>();
        from.instances()
                .forEach(one -> instances.add(one.draft().name(other.apply(one.name())).done()));
        List<SyncGroupSpec> groups = new ArrayList<>();
        for (SyncGroupSpec one : from.groups()) {
            groups.add(
                    new SyncGroupSpec(
                            one.name(),
                            one.members().stream().map(other).toList(),
                            one.tracking(),
                            one.memberWeights(),
                            one.notifying()));
        }
        return with(from, instances, groups);
    }

    private static NodeSpec with(
            NodeSpec from, List<VrrpSpec> instances, List<SyncGroupSpec> groups) {
        return new NodeSpec(
                instances,
                groups,
                from.scripts(),
                from.startupDelay(),
                from.pacing(),
                from.hearing(),
                from.watching(),
                from.statics());
    }
}
