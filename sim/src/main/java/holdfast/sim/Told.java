package holdfast.sim;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.time.MonoTime;
import holdfast.vrrp.LinkWatchSpec;
import holdfast.vrrp.NodeSpec;
import holdfast.vrrp.Routing;
import holdfast.vrrp.SyncGroupSpec;
import holdfast.vrrp.TrackProcessSpec;
import holdfast.vrrp.TrackScriptSpec;
import holdfast.vrrp.Tracking;
import holdfast.vrrp.VrrpEffect;
import holdfast.vrrp.VrrpEvent;
import holdfast.vrrp.VrrpSpec;
import holdfast.vrrp.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a process has been told, and what that amounts to: faults and priorities worked out by the
/// specification's words, and not by the core's code.
final class Told {

    private static final int PRIORITY_MAX = 254;
    private static final int OWNER = 255;

    /// What a file may add; beyond what it may take away it is a fault.
    private static final int FILE_MAX = 253;

    private static final int FILE_MIN = -254;

    private final Map<String, ToldLink> links = new HashMap<>();
    private final Map<String, ToldScript> scripts = new HashMap<>();
    private final Map<String, ToldProcesses> processes = new HashMap<>();
    private final Set<String> sessionsUp = new HashSet<>();

    /// What each file says that somebody tracks; empty for one that was not read yet.
    private final Map<String, Optional<Integer>> files = new HashMap<>();

    /// What became of static routes.
    private final Map<Routing, Boolean> placed = new HashMap<>();

    /// Addresses that are no host's own.
    private final Set<IpAddress> virtual = new HashSet<>();

    /// What each instance watches by the orders in force.
    private final Map<String, Tracking> trackings = new HashMap<>();

    private NodeSpec spec;

    Told(MonoTime now, NodeSpec spec) {
        this.spec = NodeSpec.EMPTY;
        respecify(now, spec);
    }

    /// @return whether it could matter for faults and priorities
    boolean hear(MonoTime now, VrrpEvent event) {
        switch (event) {
            case VrrpEvent.LinkIs link -> {
                boolean isNew = !links.containsKey(link.name());
                ToldLink known = links.computeIfAbsent(link.name(), _ -> new ToldLink());
                String name = link.name();
                return known.is(now, link, downDelay(name), upDelay(name)) || isNew;
            }
            case VrrpEvent.LinkGone(var name) ->
                    links.computeIfAbsent(name, _ -> new ToldLink()).gone();
            case VrrpEvent.ScriptFinished(var name, long run, boolean success) ->
                    script(name).ifPresent(script -> script.finished(run, success));
            case VrrpEvent.ScriptOverdue(var name, long run) ->
                    script(name).ifPresent(script -> script.isOverdue(run));
            case VrrpEvent.FileSays(var name, int value) ->
                    files.computeIfPresent(name, (_, _) -> Optional.of(value));
            case VrrpEvent.ProcessesCounted(var name, int count) ->
                    Optional.ofNullable(processes.get(name))
                            .ifPresent(kind -> kind.counted(now, count));
            case VrrpEvent.SessionIs(var name, boolean up) -> {
                return up ? sessionsUp.add(name) : sessionsUp.remove(name);
            }
            case VrrpEvent.StaticPlaced(var routing, boolean done) -> placed.put(routing, done);
            case VrrpEvent.Respecified(var next) -> {
                if (next.equals(spec)) {
                    return false; // not even what is due counts any earlier
                }
                respecify(now, next);
            }
            case VrrpEvent.DeadlineReached _ -> {
                return look(now);
            }
            case VrrpEvent.PacketReceived _,
                    VrrpEvent.AddressTakenAway _,
                    VrrpEvent.RoutingTakenAway _,
                    VrrpEvent.WallClockIs _,
                    VrrpEvent.StopRequested _ -> {
                return false;
            }
        }
        return true;
    }

    /// Lets everything count that has lasted; whether it made a difference.
    private boolean look(MonoTime now) {
        boolean changed = false;
        for (Map.Entry<String, ToldLink> link : links.entrySet()) {
            String name = link.getKey();
            changed |= link.getValue().look(now, downDelay(name), upDelay(name));
        }
        for (ToldScript script : scripts.values()) {
            changed |= script.look(now);
        }
        for (ToldProcesses kind : processes.values()) {
            changed |= kind.look(now);
        }
        return changed;
    }

    void see(VrrpEffect effect) {
        if (effect instanceof VrrpEffect.RunScript(var name, long run, _, _)) {
            script(name).ifPresent(script -> script.started(run));
        }
    }

    private Optional<ToldScript> script(String name) {
        return Optional.ofNullable(scripts.get(name));
    }

    private Duration downDelay(String card) {
        return watch(card).map(LinkWatchSpec::downDelay).orElse(Duration.ZERO);
    }

    private Duration upDelay(String card) {
        return watch(card).map(LinkWatchSpec::upDelay).orElse(Duration.ZERO);
    }

    private Optional<LinkWatchSpec> watch(String card) {
        return spec.watching().links().stream()
                .filter(one -> one.interfaceName().equals(card))
                .findFirst();
    }

    private void respecify(MonoTime now, NodeSpec next) {
        spec = next;
        virtual.clear();
        trackings.clear();
        List<Tracking> all = new ArrayList<>();
        for (VrrpSpec one : next.instances()) {
            all.add(one.tracking());
            if (!one.isOwner()) {
                one.addresses().forEach(address -> virtual.add(address.address()));
                one.excluded().forEach(address -> virtual.add(address.address()));
            }
        }
        next.groups().forEach(one -> all.add(one.tracking()));
        links.forEach((name, link) -> link.look(now, downDelay(name), upDelay(name)));
        placed.keySet().retainAll(next.statics().routing());
        followScripts(now, next.scripts(), names(all, Tracking::scripts));
        Set<String> usedFiles = names(all, Tracking::files);
        files.keySet().retainAll(usedFiles);
        usedFiles.forEach(name -> files.putIfAbsent(name, Optional.empty()));
        Set<String> usedProcesses = names(all, Tracking::processes);
        processes.keySet().retainAll(usedProcesses);
        for (TrackProcessSpec one : next.watching().processes()) {
            if (usedProcesses.contains(one.name())) {
                processes.computeIfAbsent(one.name(), _ -> new ToldProcesses(one)).respecify(one);
            }
        }
    }

    private void followScripts(MonoTime now, List<TrackScriptSpec> all, Set<String> used) {
        scripts.keySet().retainAll(used);
        for (TrackScriptSpec one : all) {
            if (used.contains(one.name())) {
                scripts.computeIfAbsent(one.name(), _ -> new ToldScript(one, now))
                        .respecify(now, one);
            }
        }
    }

    private static Set<String> names(
            List<Tracking> all, Function<Tracking, List<Tracking.Item>> kind) {
        Set<String> names = new HashSet<>();
        all.forEach(one -> kind.apply(one).forEach(item -> names.add(item.name())));
        return names;
    }

    /// What is wrong with an instance or its group; empty when it could be up.
    List<String> faults(VrrpSpec instance) {
        List<String> faults = new ArrayList<>();
        companions(instance).forEach(one -> addFaults(one, faults));
        return faults;
    }

    /// What must be known before an instance or its group may start, and is not.
    List<String> unknown(VrrpSpec instance) {
        List<String> unknown = new ArrayList<>();
        for (VrrpSpec one : companions(instance)) {
            Tracking tracking = tracking(one);
            one.interfaceName().filter(card -> !links.containsKey(card)).ifPresent(unknown::add);
            for (Tracking.Item item : tracking.interfaces()) {
                if (!links.containsKey(item.name())) {
                    unknown.add(item.name());
                }
            }
            for (Tracking.Item item : tracking.scripts()) {
                if (item.weight().value() == 0 && health(item).isEmpty()) {
                    unknown.add(item.name());
                }
            }
            for (Tracking.Item item : tracking.files()) {
                if (value(item).isEmpty()) {
                    unknown.add(item.name());
                }
            }
            for (Tracking.Item item : tracking.processes()) {
                if (number(item).isEmpty()) {
                    unknown.add(item.name());
                }
            }
            reliances(one)
                    .filter(route -> !placed.containsKey(route))
                    .forEach(_ -> unknown.add(""));
        }
        return unknown;
    }

    int priority(VrrpSpec instance) {
        int sum = instance.election().priority().value();
        if (sum == OWNER) {
            return OWNER;
        }
        Tracking tracking = tracking(instance);
        for (Tracking.Item item : tracking.interfaces()) {
            if (links.containsKey(item.name())) {
                sum += added(item.weight(), isUp(item.name()));
            }
        }
        for (Tracking.Item item : tracking.scripts()) {
            sum += health(item).map(good -> added(item.weight(), good)).orElse(0);
        }
        for (Tracking.Item item : tracking.files()) {
            sum += value(item).map(value -> counted(item.weight(), value)).orElse(0);
        }
        for (Tracking.Item item : tracking.processes()) {
            sum += number(item).map(good -> added(item.weight(), good)).orElse(0);
        }
        for (Tracking.Item item : tracking.sessions()) {
            sum += added(item.weight(), sessionsUp.contains(item.name()));
        }
        return Math.clamp(sum, 1, PRIORITY_MAX);
    }

    private static int counted(Weight weight, int value) {
        long product = (weight.reverse() ? -1L : 1L) * weight.value() * value;
        return Math.clamp(product, FILE_MIN, FILE_MAX);
    }

    private static int added(Weight weight, boolean good) {
        boolean counts = weight.value() > 0 ? good : !good;
        int sign = weight.reverse() ? -1 : 1;
        return counts ? sign * weight.value() : 0;
    }

    private void addFaults(VrrpSpec instance, List<String> faults) {
        Tracking tracking = tracking(instance);
        String card = instance.interfaceName().orElseThrow();
        Optional<ToldLink> told = Optional.ofNullable(links.get(card));
        if (told.isPresent()) {
            Optional<VrrpEvent.LinkIs> link = told.get().counts();
            if (link.isEmpty()) {
                faults.add(card + " is missing");
            } else if (!link.get().up() && tracking.primary()) {
                faults.add(card + " is down");
            } else if (!hasSource(instance, link.get())) {
                faults.add(card + " has no address");
            }
        }
        List<Tracking.Item> bad = new ArrayList<>();
        for (Tracking.Item item : tracking.interfaces()) {
            if (links.containsKey(item.name()) && isFault(item, isUp(item.name()))) {
                bad.add(item);
            }
        }
        for (Tracking.Item item : tracking.scripts()) {
            health(item).filter(good -> isFault(item, good)).ifPresent(_ -> bad.add(item));
        }
        for (Tracking.Item item : tracking.files()) {
            value(item).filter(value -> isFileFault(item, value)).ifPresent(_ -> bad.add(item));
        }
        for (Tracking.Item item : tracking.processes()) {
            number(item).filter(good -> isFault(item, good)).ifPresent(_ -> bad.add(item));
        }
        for (Tracking.Item item : tracking.sessions()) {
            if (isFault(item, sessionsUp.contains(item.name()))) {
                bad.add(item);
            }
        }
        bad.forEach(item -> faults.add("tracked " + item.name()));
        reliances(instance)
                .filter(route -> !placed.getOrDefault(route, true))
                .forEach(route -> faults.add("no static " + route));
    }

    private static boolean isFault(Tracking.Item item, boolean good) {
        return item.weight().value() == 0 && good == item.weight().reverse();
    }

    /// A file without a weight is good while it says 0; any other is bad when it counts too much.
    private static boolean isFileFault(Tracking.Item item, int value) {
        return item.weight().value() == 0
                ? isFault(item, value == 0)
                : counted(item.weight(), value) == FILE_MIN;
    }

    private Optional<Boolean> health(Tracking.Item item) {
        return script(item.name()).flatMap(ToldScript::good);
    }

    private Optional<Integer> value(Tracking.Item item) {
        return files.getOrDefault(item.name(), Optional.empty());
    }

    private Optional<Boolean> number(Tracking.Item item) {
        return Optional.ofNullable(processes.get(item.name())).flatMap(ToldProcesses::good);
    }

    private Stream<Routing> reliances(VrrpSpec instance) {
        return spec.statics().reliances().stream()
                .filter(one -> one.instances().contains(instance.name()))
                .flatMap(one -> one.routing().stream());
    }

    private boolean isUp(String card) {
        return Optional.ofNullable(links.get(card)).map(ToldLink::isUp).orElse(false);
    }

    private boolean hasSource(VrrpSpec instance, VrrpEvent.LinkIs link) {
        if (instance.source().isPresent()) {
            return true;
        }
        for (IpPrefix prefix : link.addresses()) {
            IpAddress address = prefix.address();
            boolean speaks = address.family() == Family.INET || address.isLinkLocal();
            if (address.family() == instance.family() && speaks && !virtual.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /// The members of its group in the order of the instances, or the instance alone.
    private List<VrrpSpec> companions(VrrpSpec instance) {
        Optional<SyncGroupSpec> group = group(instance);
        return group.isEmpty()
                ? List.of(instance)
                : spec.instances().stream()
                        .filter(one -> group.get().members().contains(one.name()))
                        .toList();
    }

    Optional<SyncGroupSpec> group(VrrpSpec instance) {
        for (SyncGroupSpec group : spec.groups()) {
            if (group.members().contains(instance.name())) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    private Tracking tracking(VrrpSpec instance) {
        return trackings.computeIfAbsent(instance.name(), _ -> newTracking(instance));
    }

    /// What an instance watches. In a group members may not differ in priority: what has a weight
    /// falls away, but interfaces, and files that count once, which are all or nothing then.
    private Tracking newTracking(VrrpSpec instance) {
        Optional<SyncGroupSpec> group = group(instance);
        if (group.isEmpty()) {
            return instance.tracking();
        }
        Tracking own = instance.tracking();
        Tracking common = group.get().tracking();
        boolean weights = group.get().memberWeights();
        return new Tracking(
                own.primary(),
                both(
                        weights ? own.interfaces() : allOrNothing(own.interfaces(), 254),
                        common.interfaces()),
                both(weights ? own.scripts() : allOrNothing(own.scripts(), 0), common.scripts()),
                both(weights ? own.files() : allOrNothing(own.files(), 1), common.files()),
                both(
                        weights ? own.processes() : allOrNothing(own.processes(), 0),
                        common.processes()),
                both(
                        weights ? own.sessions() : allOrNothing(own.sessions(), 0),
                        common.sessions()));
    }

    /// @param most the greatest weight of what stays
    private static List<Tracking.Item> allOrNothing(List<Tracking.Item> items, int most) {
        return items.stream()
                .filter(item -> Math.abs(item.weight().value()) <= most)
                .map(
                        item ->
                                item.weight().value() == 0
                                        ? item
                                        : new Tracking.Item(item.name(), Weight.FAULT))
                .toList();
    }

    private static List<Tracking.Item> both(List<Tracking.Item> own, List<Tracking.Item> common) {
        return Stream.concat(own.stream(), common.stream()).toList();
    }
}
