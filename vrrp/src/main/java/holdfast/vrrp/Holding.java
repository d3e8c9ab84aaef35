package holdfast.vrrp;

import holdfast.net.IpAddress;
import holdfast.time.MonoTime;
import holdfast.vrrp.VrrpEffect.BlockAddresses;
import holdfast.vrrp.VrrpEffect.ClaimAddresses;
import holdfast.vrrp.VrrpEffect.ClaimRouting;
import holdfast.vrrp.VrrpEffect.ReleaseAddresses;
import holdfast.vrrp.VrrpEffect.ReleaseRouting;
import holdfast.vrrp.VrrpEffect.UnblockAddresses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The addresses, routes and rules that come and go with the mastership of one router, and word of
/// where they are.
final class Holding {

    private final AnnouncementSchedule announcements;
    private VrrpSpec spec;
    private List<VirtualAddress> addresses;

    Holding(VrrpSpec spec, AnnouncementSchedule announcements) {
        this.announcements = announcements;
        this.spec = spec;
        this.addresses = addresses(spec);
    }

    void claim(Turn turn) {
        claim(turn, addresses, spec.routing());
    }

    void release(Turn turn) {
        releaseRouting(turn, spec.routing());
        announcements.forget(this, addresses);
        release(turn, addresses);
        unblock(turn, addresses);
    }

    /// Takes off what a killed predecessor may have left; an owner's addresses are its own.
    void releaseResidue(Turn turn) {
        releaseRouting(turn, spec.routing());
        if (!spec.isOwner()) {
            release(turn, addresses);
        }
    }

    /// Gives up what `next` does not have; comes before anybody claims new ones.
    void releaseDropped(Turn turn, VrrpSpec next) {
        List<Routing> droppedRouting = new ArrayList<>(spec.routing());
        droppedRouting.removeAll(next.routing());
        releaseRouting(turn, List.copyOf(droppedRouting));
        List<VirtualAddress> dropped = new ArrayList<>(addresses);
        dropped.removeAll(addresses(next));
        announcements.forget(this, dropped);
        release(turn, List.copyOf(dropped));
        unblock(turn, List.copyOf(dropped));
    }

    /// Follows new orders.
    ///
    /// @param asMaster whether what is new in them is claimed now
    void respecify(Turn turn, VrrpSpec next, boolean asMaster) {
        List<VirtualAddress> added = new ArrayList<>(addresses(next));
        added.removeAll(addresses);
        List<Routing> addedRouting = new ArrayList<>(next.routing());
        addedRouting.removeAll(spec.routing());
        List<VirtualAddress> kept = new ArrayList<>(addresses(next));
        kept.removeAll(added);
        boolean accepted = spec.accepts();
        if (asMaster && next.accepts()) {
            unblock(turn, List.copyOf(kept));
        }
        if (asMaster && !next.name().equals(spec.name())) {
            List<Routing> keptRouting = new ArrayList<>(next.routing());
            keptRouting.removeAll(addedRouting);
            rename(turn, next.name(), kept, keptRouting);
        }
        spec = next;
        addresses = addresses(next);
        if (asMaster) {
            if (accepted) {
                block(turn, List.copyOf(kept));
            }
            claim(turn, List.copyOf(added), List.copyOf(addedRouting));
        }
    }

    /// Claims under another name what is kept: the last release must be about the same claims.
    private void rename(
            Turn turn, String name, List<VirtualAddress> kept, List<Routing> keptRouting) {
        if (!kept.isEmpty()) {
            turn.ask(new ClaimAddresses(name, List.copyOf(kept)));
            turn.ask(new ReleaseAddresses(spec.name(), List.copyOf(kept)));
        }
        if (!keptRouting.isEmpty()) {
            turn.ask(new ClaimRouting(name, List.copyOf(keptRouting)));
            turn.ask(new ReleaseRouting(spec.name(), List.copyOf(keptRouting)));
        }
    }

    /// Says so many times where the addresses are.
    void announce(int times) {
        announcements.want(this, addresses, times);
    }

    /// Says what is due.
    ///
    /// @return what is due next
    AnnouncementTimes announceDue(MonoTime now, AnnouncementTimes times) {
        Announcing announcing = spec.announcing();
        announce(times.due(now, announcing));
        if (!times.elsewhereAt().isAfter(now)) {
            announcements.want(this, elsewhere(announcing.elsewhere()), 1);
        }
        return times.after(now, announcing);
    }

    /// One address of each interface that has some, and no adverts.
    private List<VirtualAddress> elsewhere(Announcing.Elsewhere wanted) {
        Set<String> among = new HashSet<>();
        for (VirtualLink link : spec.place().links()) {
            if (link.isVmac()) {
                among.add(link.name());
            }
        }
        Map<String, VirtualAddress> firsts = new LinkedHashMap<>();
        for (VirtualAddress address : addresses) {
            String name = address.interfaceName();
            boolean speaks = spec.place().device().equals(Optional.of(name));
            if (!speaks && (wanted.everywhere() || among.contains(name))) {
                firsts.putIfAbsent(name, address);
            }
        }
        return List.copyOf(firsts.values());
    }

    boolean contains(String interfaceName, IpAddress address) {
        return addresses.stream()
                .anyMatch(
                        own ->
                                own.tracked()
                                        && own.interfaceName().equals(interfaceName)
                                        && own.address().equals(address));
    }

    boolean contains(Routing routing) {
        return routing.tracked() && spec.routing().contains(routing);
    }

    VrrpSpec spec() {
        return spec;
    }

    private void claim(Turn turn, List<VirtualAddress> claimed, List<Routing> routing) {
        block(turn, claimed);
        if (!claimed.isEmpty()) {
            turn.ask(new ClaimAddresses(spec.name(), claimed));
        }
        if (!routing.isEmpty()) {
            turn.ask(new ClaimRouting(spec.name(), routing));
        }
        if (!claimed.isEmpty()) {
            announcements.want(this, claimed, spec.announcing().repeat());
            announcements.onDeadline(turn);
        }
    }

    private void release(Turn turn, List<VirtualAddress> released) {
        if (!released.isEmpty()) {
            turn.ask(new ReleaseAddresses(spec.name(), released));
        }
    }

    private void block(Turn turn, List<VirtualAddress> blocked) {
        if (!spec.accepts() && !blocked.isEmpty()) {
            turn.ask(new BlockAddresses(spec.name(), blocked));
        }
    }

    private void unblock(Turn turn, List<VirtualAddress> unblocked) {
        if (!spec.accepts() && !unblocked.isEmpty()) {
            turn.ask(new UnblockAddresses(spec.name(), unblocked));
        }
    }

    /// In the reverse order: rules before the routes that they lead to.
    private void releaseRouting(Turn turn, List<Routing> released) {
        if (!released.isEmpty()) {
            turn.ask(new ReleaseRouting(spec.name(), released.reversed()));
        }
    }

    private static List<VirtualAddress> addresses(VrrpSpec spec) {
        List<VirtualAddress> all = new ArrayList<>(spec.addresses());
        all.addAll(spec.excluded());
        return List.copyOf(all);
    }
}
