package holdfast.sim;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.vrrp.Routing;
import holdfast.vrrp.VirtualAddress;
import holdfast.vrrp.VrrpEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kernel of one host, as far as VRRP sees it: interfaces, the addresses on them, and routes.
///
/// Knows also what the daemon's hands have put there: what an instance wants, and what waits for
/// an interface that is not there.
final class Host {

    /// One network card.
    private static final class Card {
        private final List<IpPrefix> own;
        private final Map<IpAddress, VirtualAddress> virtual = new LinkedHashMap<>();
        private boolean present = true;
        private boolean up = true;
        private boolean addressed = true;

        /// Changes that the router has not heard of yet.
        private int news;

        private Card(List<IpPrefix> own) {
            this.own = own;
        }
    }

    private record Claim(String instance, String card, IpAddress address) {}

    private static final int MTU = 1500;
    private static final MacAddress MAC = new MacAddress(1);

    /// @param waits for its interface
    private record Work(VirtualAddress address, boolean waits) {}

    private final Map<String, Card> cards = new LinkedHashMap<>();

    /// What the daemon put there, and whether it waits for its interface.
    private final Map<Claim, Work> claims = new LinkedHashMap<>();

    /// Where packets are dropped; that is so only while there is a daemon.
    private final Set<IpAddress> blocked = new HashSet<>();

    private final Routes routes = new Routes();

    /// Changes with every change.
    private long version;

    void plug(String card, List<IpPrefix> own) {
        cards.put(card, new Card(own));
    }

    Set<String> cards() {
        return cards.keySet();
    }

    // What fate does to it.

    void setUp(String name, boolean up) {
        version++;
        card(name).up = up;
        if (!up) {
            routes.fall(name);
        }
    }

    void setPresent(String name, boolean present) {
        version++;
        Card card = card(name);
        card.present = present;
        card.virtual.clear();
        routes.fall(name);
    }

    /// Whether the addresses of the host itself are there.
    void setAddressed(String name, boolean addressed) {
        version++;
        card(name).addressed = addressed;
    }

    /// Takes away an address that the daemon put there.
    boolean takeAway(VirtualAddress address) {
        version++;
        return card(address.interfaceName()).virtual.remove(address.address()) != null;
    }

    void takeAway(Routing route) {
        version++;
        routes.takeAway(route);
    }

    List<Routing> routing() {
        return routes.all();
    }

    List<VirtualAddress> virtual() {
        List<VirtualAddress> all = new ArrayList<>();
        cards.values().forEach(card -> all.addAll(card.virtual.values()));
        return all;
    }

    void addNews(String name, int count) {
        version++;
        card(name).news += count;
    }

    // What the daemon's hands do.

    void block(List<VirtualAddress> addresses) {
        version++;
        addresses.forEach(address -> blocked.add(address.address()));
    }

    void unblock(List<VirtualAddress> addresses) {
        version++;
        addresses.forEach(address -> blocked.remove(address.address()));
    }

    void claim(String instance, VirtualAddress address) {
        version++;
        Card card = card(address.interfaceName());
        claims.put(claimOf(instance, address), new Work(address, !card.present));
        if (card.present) {
            card.virtual.put(address.address(), address);
        }
    }

    void release(String instance, VirtualAddress address) {
        version++;
        claims.remove(claimOf(instance, address));
        if (work(address).isEmpty()) {
            card(address.interfaceName()).virtual.remove(address.address());
        }
    }

    /// @return whether it could be done
    boolean claim(String instance, Routing route) {
        version++;
        boolean possible = isUp(Routes.cardOf(route));
        routes.claim(instance, route, possible);
        return possible;
    }

    void release(String instance, Routing route) {
        version++;
        routes.release(instance, route);
    }

    /// The daemon hears that a route was taken away.
    ///
    /// @return whether that is so, and matters
    boolean hearTaken(Routing route) {
        version++;
        return routes.hearTaken(route) && isUp(Routes.cardOf(route));
    }

    private static Claim claimOf(String instance, VirtualAddress address) {
        return new Claim(instance, address.interfaceName(), address.address());
    }

    /// The daemon's memory is gone; the addresses stay.
    void forgetClaims() {
        claims.clear();
        blocked.clear();
        routes.forgetClaims();
    }

    /// What waits for an interface gets there when it is.
    ///
    /// @return static routes that are in place now
    List<Routing> putWaiting(String name) {
        version++;
        Card card = card(name);
        for (Map.Entry<Claim, Work> claim : claims.entrySet()) {
            VirtualAddress address = claim.getValue().address();
            if (card.present && claim.getValue().waits() && claim.getKey().card().equals(name)) {
                card.virtual.put(address.address(), address);
                claim.setValue(new Work(address, false));
            }
        }
        return isUp(name) ? routes.rise(name) : List.of();
    }

    void removeLeftover(VirtualAddress address) {
        version++;
        card(address.interfaceName()).virtual.remove(address.address());
    }

    // What can be asked of it.

    long version() {
        return version;
    }

    VrrpEvent tell(String name) {
        Card card = card(name);
        if (!card.present) {
            return new VrrpEvent.LinkGone(name);
        }
        List<IpPrefix> addresses = new ArrayList<>(card.addressed ? card.own : List.of());
        card.virtual.values().forEach(address -> addresses.add(address.prefix()));
        return new VrrpEvent.LinkIs(name, card.up, MTU, MAC, addresses);
    }

    boolean isPresent(String name) {
        return card(name).present;
    }

    boolean isUp(String name) {
        Card card = card(name);
        return card.present && card.up;
    }

    /// Whether packets to the address are dropped.
    boolean blocks(VirtualAddress address) {
        return blocked.contains(address.address());
    }

    boolean holds(VirtualAddress address) {
        return card(address.interfaceName()).virtual.containsKey(address.address());
    }

    /// Whether the address can be where it should: the interface is there and nothing is unheard.
    boolean isSettled(VirtualAddress address) {
        Card card = card(address.interfaceName());
        return card.present && card.news == 0;
    }

    boolean holds(Routing route) {
        return routes.holds(route);
    }

    /// Whether it is the daemon's to say if this route is there.
    boolean isSettled(Routing route) {
        Card card = card(Routes.cardOf(route));
        return card.present && card.up && card.news == 0 && routes.isHeardOf(route);
    }

    /// Whether the daemon believes that it has put this address there.
    boolean isHeldFor(VirtualAddress address) {
        return work(address).stream().anyMatch(one -> !one.waits());
    }

    private List<Work> work(VirtualAddress address) {
        List<Work> all = new ArrayList<>();
        for (Map.Entry<Claim, Work> one : claims.entrySet()) {
            if (one.getKey().address().equals(address.address())
                    && one.getKey().card().equals(address.interfaceName())) {
                all.add(one.getValue());
            }
        }
        return all;
    }

    /// Whether unicast packets to this address end here.
    boolean has(String name, IpAddress address) {
        Card card = card(name);
        return card.present
                && card.addressed
                && card.own.stream().anyMatch(prefix -> prefix.address().equals(address));
    }

    private Card card(String name) {
        Card card = cards.get(name);
        if (card == null) {
            throw new IllegalArgumentException("no such interface: " + name);
        }
        return card;
    }
}
