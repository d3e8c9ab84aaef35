package holdfast.sim;

import holdfast.vrrp.RouteSpec;
import holdfast.vrrp.Routing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The routes of one host: which the kernel has, and which the daemon's hands keep there.
///
/// The kernel drops a route when its interface goes down; the hands put it back when it comes up.
final class Routes {

    private record Claim(String instance, Routing routing) {}

    private final Set<Claim> claims = new LinkedHashSet<>();
    private final Set<Routing> there = new LinkedHashSet<>();

    /// How often a route was taken away that the daemon has not heard of yet.
    private final Map<Routing, Integer> unheard = new HashMap<>();

    // What the kernel does by itself, and others do.

    /// An interface is down.
    void fall(String card) {
        there.removeIf(one -> cardOf(one).equals(card));
    }

    List<Routing> all() {
        return List.copyOf(there);
    }

    void takeAway(Routing one) {
        there.remove(one);
        unheard.merge(one, 1, Integer::sum);
    }

    // What the daemon's hands do.

    /// @param possible whether the kernel takes it
    void claim(String instance, Routing one, boolean possible) {
        claims.add(new Claim(instance, one));
        if (possible) {
            there.add(one);
        }
    }

    void release(String instance, Routing one) {
        claims.remove(new Claim(instance, one));
        if (!isClaimed(one)) {
            there.remove(one);
        }
    }

    /// An interface is up again, and what belongs there is put back.
    ///
    /// @return static ones among them
    List<Routing> rise(String card) {
        List<Routing> placed = new ArrayList<>();
        for (Claim claim : claims) {
            if (cardOf(claim.routing()).equals(card)) {
                there.add(claim.routing());
                if (claim.instance().isEmpty()) {
                    placed.add(claim.routing());
                }
            }
        }
        return placed;
    }

    /// The daemon hears that one was taken away.
    ///
    /// @return whether that is so, and matters
    boolean hearTaken(Routing one) {
        unheard.computeIfPresent(one, (_, count) -> count == 1 ? null : count - 1);
        return isClaimed(one) && !there.contains(one);
    }

    /// The daemon's memory is gone; the routes stay.
    void forgetClaims() {
        claims.clear();
    }

    // What can be asked.

    boolean holds(Routing one) {
        return there.contains(one);
    }

    /// Whether the daemon knows what became of it.
    boolean isHeardOf(Routing one) {
        return !unheard.containsKey(one);
    }

    static String cardOf(Routing routing) {
        return routing instanceof RouteSpec route
                ? route.ways().getFirst().interfaceName().orElse("")
                : "";
    }

    private boolean isClaimed(Routing one) {
        return claims.stream().anyMatch(claim -> claim.routing().equals(one));
    }
}
