package holdfast.sim;

import holdfast.vrrp.Routing;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEvent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What others change on a host, and that the kernel tells its router of it a moment later.
final class KernelNews {

    private static final Duration DELAY = Duration.ofMillis(2);

    private final World world;
    private final Router router;
    private final Host host;

    KernelNews(World world, Router router, Host host) {
        this.world = world;
        this.router = router;
        this.host = host;
    }

    void setUp(String card, boolean up) {
        host.setUp(card, up);
        news(card);
    }

    void setPresent(String card, boolean present) {
        List<VirtualAddress> lost =
                host.virtual().stream().filter(one -> one.interfaceName().equals(card)).toList();
        host.setPresent(card, present);
        news(card);
        lost.forEach(this::lose);
    }

    void setAddressed(String card, boolean addressed) {
        host.setAddressed(card, addressed);
        news(card);
    }

    /// An administrator with a heavy hand takes away a virtual address, if there is one.
    void takeAwayAddress(Chance chance) {
        List<VirtualAddress> all = host.virtual();
        if (!all.isEmpty()) {
            VirtualAddress one = chance.anyOf(all);
            world.tell("%s loses %s".formatted(router.name(), one.address()));
            host.takeAway(one);
            news(one.interfaceName());
            lose(one);
        }
    }

    /// The same with a route.
    void takeAwayRoute(Chance chance) {
        List<Routing> all = host.routing();
        if (!all.isEmpty()) {
            Routing one = chance.anyOf(all);
            world.tell("%s loses %s".formatted(router.name(), one));
            host.takeAway(one);
            tell(
                    () ->
                            host.hearTaken(one)
                                    ? Optional.of(new VrrpEvent.RoutingTakenAway(one))
                                    : Optional.empty());
        }
    }

    /// Somebody else changed something about an interface.
    private void news(String card) {
        host.addNews(card, 1);
        world.after(
                DELAY,
                () -> {
                    VrrpEvent event = host.tell(card);
                    router.witness(
                            () -> {
                                host.addNews(card, -1);
                                router.placed(host.putWaiting(card), true);
                                return Optional.of(event);
                            });
                });
    }

    /// The kernel tells of an address that went; it matters if the daemon thinks it is there.
    private void lose(VirtualAddress lost) {
        String card = lost.interfaceName();
        host.addNews(card, 1);
        tell(
                () -> {
                    host.addNews(card, -1);
                    return host.isHeldFor(lost)
                            ? Optional.of(new VrrpEvent.AddressTakenAway(card, lost.address()))
                            : Optional.empty();
                });
    }

    private void tell(Hearing news) {
        world.after(DELAY, () -> router.witness(news));
    }

    /// The kernel tells what the router did itself, too.
    void echo(List<VirtualAddress> addresses) {
        Set<String> cards = new LinkedHashSet<>();
        addresses.forEach(address -> cards.add(address.interfaceName()));
        for (String card : cards) {
            world.after(
                    DELAY,
                    () -> {
                        VrrpEvent event = host.tell(card);
                        router.hear(() -> Optional.of(event));
                    });
        }
    }
}
