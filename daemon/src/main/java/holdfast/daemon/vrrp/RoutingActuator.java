package holdfast.daemon.vrrp;

import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.Errno;
import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.RtNotice;
import holdfast.report.RoutingText;
import holdfast.time.MonoTime;
import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts routes and rules in place and takes them away.
///
/// What the kernel refuses is said once and tried again, where that can help: after a while, and
/// when an interface comes up. Routes that went with an interface are put back with it. To put in
/// place what is there already does nothing, and so nothing needs to be looked up first.
///
/// Confined to one thread.
final class RoutingActuator {

    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);

    /// Changes that are carried out at once.
    private static final int CHANGES_MAX = 64;

    /// Errors that no patience heals.
    private static final Set<Errno> HOPELESS =
            Set.of(Errno.EPERM, Errno.EACCES, Errno.EOPNOTSUPP, Errno.EAFNOSUPPORT);

    /// What a static route or rule came to.
    record Placed(Routing routing, boolean placed) {}

    /// A route or rule that an instance wants; the empty name is for static ones.
    private record Claim(String instance, Routing routing) {}

    private enum Progress {
        HELD,
        WAITS_FOR_INTERFACE,
        RETRIES,
        GIVEN_UP
    }

    private static final class State {
        private Progress progress = Progress.RETRIES;
        private String said = "";

        /// Held, and added once more to see whether it is still there.
        private boolean doubted;
    }

    private final Reporter reporter;
    private final RouteSocket commands;
    private final LinkTable links;
    private final Map<Claim, State> claims = new LinkedHashMap<>();
    private final RoutingWatch<Claim> watch = new RoutingWatch<>();
    private final Deque<Routing> releases = new ArrayDeque<>();
    private final LinkedHashSet<Claim> additions = new LinkedHashSet<>();
    private final Set<String> fallen = new HashSet<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<Routing> taken = new ArrayList<>();
    private Duration retryAfter = RETRY_MIN;
    private MonoTime retryAt = MonoTime.NEVER;

    RoutingActuator(Reporter reporter, RouteSocket commands, LinkTable links) {
        this.reporter = reporter;
        this.commands = commands;
        this.links = links;
    }

    /// Wants them, in this order; takes effect with [#commitClaims].
    void claim(String instance, List<Routing> routing) {
        for (Routing one : routing) {
            Claim claim = new Claim(instance, one);
            claims.computeIfAbsent(claim, _ -> new State());
            additions.add(claim);
        }
    }

    /// Wants them no more; takes effect with [#commitReleases].
    void release(String instance, List<Routing> routing) {
        for (Routing one : routing) {
            Claim claim = new Claim(instance, one);
            claims.remove(claim);
            watch.forget(one, claim);
            additions.remove(claim);
            if (!isClaimed(one)) {
                releases.add(one);
            }
        }
    }

    private boolean isClaimed(Routing routing) {
        for (Claim claim : claims.keySet()) {
            if (claim.routing().equals(routing)) {
                return true;
            }
        }
        return false;
    }

    /// Whether nothing waits to be carried out.
    boolean isIdle() {
        return releases.isEmpty() && additions.isEmpty();
    }

    /// Takes away what nobody wants, as much of it as adverts can wait for; comes before addresses
    /// go.
    ///
    /// @return whether nothing is left for another call
    boolean commitReleases() {
        List<Routing> sent = new ArrayList<>();
        List<RouteSocket.Order> orders = new ArrayList<>();
        for (int i = 0; i < CHANGES_MAX && !releases.isEmpty(); i++) {
            Routing routing = releases.remove();
            Optional<RouteSocket.Order> order = RoutingOrders.delete(routing, links);
            if (order.isPresent()) {
                sent.add(routing);
                orders.add(order.get());
            }
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(orders);
        for (int i = 0; i < sent.size(); i++) {
            RouteSocket.Outcome outcome = outcomes.get(i);
            boolean gone =
                    outcome.isDone()
                            || outcome.is(Errno.ESRCH)
                            || outcome.is(Errno.ENOENT)
                            || outcome.is(Errno.ENODEV)
                            || outcome.is(Errno.EAFNOSUPPORT);
            if (!gone) {
                complain("delete", sent.get(i), outcome.words());
            }
        }
        return releases.isEmpty();
    }

    /// Puts in place what is wanted, as much of it as adverts can wait for; comes when addresses
    /// are there.
    ///
    /// @return whether nothing is left for another call
    boolean commitClaims(MonoTime now) {
        if (additions.isEmpty()) {
            return true;
        }
        List<Claim> sent = new ArrayList<>();
        List<RouteSocket.Order> orders = new ArrayList<>();
        for (int i = 0; i < CHANGES_MAX && !additions.isEmpty(); i++) {
            Claim claim = additions.removeFirst();
            Optional<RouteSocket.Order> order = RoutingOrders.add(claim.routing(), links);
            if (order.isPresent()) {
                sent.add(claim);
                orders.add(order.get());
            } else {
                put(claim, Progress.WAITS_FOR_INTERFACE, "an interface that it needs is missing");
            }
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(orders);
        for (int i = 0; i < sent.size(); i++) {
            judge(sent.get(i), outcomes.get(i));
        }
        scheduleRetry(now);
        return additions.isEmpty();
    }

    private void judge(Claim claim, RouteSocket.Outcome outcome) {
        State state = state(claim);
        boolean held = state.progress == Progress.HELD;
        if (outcome.isDone()) {
            if (held && state.doubted) {
                taken.add(claim.routing());
            }
            put(claim, Progress.HELD, "");
        } else if (outcome.is(Errno.EEXIST)) {
            boolean foreign = !held && isAlone(claim.routing()) && !adopt(claim.routing());
            if (foreign) {
                put(claim, Progress.RETRIES, "there is another one for the same destination");
            } else {
                put(claim, Progress.HELD, "");
            }
        } else if (outcome.is(Errno.ENODEV)) {
            put(claim, Progress.WAITS_FOR_INTERFACE, outcome.words());
        } else if (HOPELESS.contains(Errno.of(outcome.result()))) {
            put(claim, Progress.GIVEN_UP, outcome.words());
        } else {
            put(claim, Progress.RETRIES, outcome.words());
        }
        state.doubted = false;
    }

    private static boolean isAlone(Routing routing) {
        return routing instanceof RouteSpec route && route.placing() == RouteSpec.Placing.ALONE;
    }

    /// Whether what is there already is the very same route, left from before. The kernel says so
    /// only when it is asked to delete it.
    private boolean adopt(Routing routing) {
        Optional<RouteSocket.Order> delete = RoutingOrders.delete(routing, links);
        Optional<RouteSocket.Order> add = RoutingOrders.add(routing, links);
        if (delete.isEmpty() || add.isEmpty()) {
            return false;
        }
        List<RouteSocket.Outcome> outcomes = commands.carryOut(List.of(delete.get(), add.get()));
        return outcomes.getFirst().isDone() && outcomes.getLast().isDone();
    }

    private void put(Claim claim, Progress progress, String words) {
        State state = state(claim);
        if (progress == Progress.HELD) {
            watch.expect(claim.routing(), claim);
            if (!state.said.isEmpty()) {
                reporter.log(
                        Level.NOTICE,
                        "%s is in place now".formatted(RoutingText.named(claim.routing())));
            }
        } else if (!words.equals(state.said)) {
            complain("add", claim.routing(), words);
        }
        state.progress = progress;
        state.said = words;
        if (claim.instance().isEmpty()) {
            placed.add(new Placed(claim.routing(), progress == Progress.HELD));
        }
    }

    private State state(Claim claim) {
        return claims.computeIfAbsent(claim, _ -> new State());
    }

    private void scheduleRetry(MonoTime now) {
        boolean retries = false;
        for (State state : claims.values()) {
            retries |= state.progress == Progress.RETRIES;
        }
        if (!retries) {
            retryAt = MonoTime.NEVER;
            retryAfter = RETRY_MIN;
        } else if (retryAt.equals(MonoTime.NEVER)) {
            retryAt = now.plus(retryAfter);
            Duration longer = retryAfter.multipliedBy(2);
            retryAfter = longer.compareTo(RETRY_MAX) < 0 ? longer : RETRY_MAX;
        }
    }

    /// An interface was down or gone, if only for a moment: the kernel drops its routes.
    void onFallen(String name) {
        fallen.add(name);
    }

    /// An interface changed; takes effect with [#commitClaims].
    void onLink(String name) {
        if (claims.isEmpty() || !isUp(name)) {
            return;
        }
        boolean rose = fallen.remove(name);
        claims.forEach(
                (claim, state) -> {
                    boolean again =
                            switch (state.progress) {
                                case HELD -> rose && RoutingOrders.dependsOn(claim.routing(), name);
                                case WAITS_FOR_INTERFACE ->
                                        RoutingOrders.interfaces(claim.routing()).contains(name);
                                case RETRIES -> true;
                                case GIVEN_UP -> false;
                            };
                    if (again) {
                        additions.add(claim);
                    }
                });
    }

    private boolean isUp(String name) {
        return links.link(name).filter(Link::isUp).isPresent();
    }

    /// The kernel says that something is there, or is gone.
    void hear(RtNotice notice) {
        watch.hear(notice, route -> RoutingOrders.kernel(route, links));
    }

    /// Notices were lost, so each may be gone; takes effect with [#commitClaims].
    void doubtAll() {
        claims.forEach(
                (claim, state) -> {
                    if (state.progress == Progress.HELD) {
                        state.doubted = true;
                        additions.add(claim);
                    }
                });
    }

    /// What others removed since the last time this was asked, and is not back.
    List<Routing> taken() {
        for (Claim claim : watch.gone()) {
            State state = claims.get(claim);
            if (state == null || state.progress != Progress.HELD) {
                continue;
            }
            boolean withInterface = false;
            for (String name : RoutingOrders.interfaces(claim.routing())) {
                withInterface |= fallen.contains(name) || !isUp(name);
            }
            if (!withInterface) {
                taken.add(claim.routing());
            }
        }
        List<Routing> all = List.copyOf(new LinkedHashSet<>(taken));
        taken.clear();
        return all;
    }

    /// What became of static ones since the last time this was asked.
    List<Placed> placed() {
        if (placed.isEmpty()) {
            return List.of();
        }
        List<Placed> all = List.copyOf(placed);
        placed.clear();
        return all;
    }

    MonoTime deadline() {
        return retryAt;
    }

    /// Tries again what was refused; takes effect with [#commitClaims].
    void onDeadline() {
        retryAt = MonoTime.NEVER;
        claims.forEach(
                (claim, state) -> {
                    if (state.progress == Progress.RETRIES) {
                        additions.add(claim);
                    }
                });
    }

    private void complain(String deed, Routing routing, String words) {
        reporter.log(
                Level.WARNING,
                "Cannot %s %s: %s".formatted(deed, RoutingText.named(routing), words));
    }
}
