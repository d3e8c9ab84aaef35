package holdfast.daemon.vrrp;

import holdfast.daemon.vrrp.LinkOrders.Wanted;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.netlink.rt.InterfaceAddress;
import holdfast.netlink.rt.Link;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VirtualLink.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be done so that routers have the interfaces that they shall have. Pure.
///
/// Compares what is wanted with what there is. Some steps show only when those before them are
/// done, so the plan is made again until it is empty. An interface of the right kind that is there
/// already is adopted; one of another base or MAC address is made anew; what is no VMAC and no
/// IPVLAN is somebody's, and stays.
final class LinkPlan {

    /// The kinds of interface that we make, as the kernel names them.
    static final String MACVLAN = "macvlan";

    static final String IPVLAN = "ipvlan";
    private static final String VRF = "vrf";

    sealed interface Step {

        /// @param base the number of the interface below
        record Create(VirtualLink link, int base) implements Step {}

        /// Fits out an interface, and sets it up.
        ///
        /// @param base the interface below
        /// @param master the VRF to join, or 0
        record FitOut(Wanted wanted, int index, Link base, int master) implements Step {}

        /// Follows the base into another VRF, or out of it.
        record Enslave(String name, int index, int master) implements Step {}

        record Remove(String name, int index) implements Step {}

        /// Takes a link-local address of the base, to send adverts from.
        record Borrow(String name, InterfaceAddress address) implements Step {}

        /// Gives such an address up.
        record GiveUp(String name, InterfaceAddress address) implements Step {}

        /// Nothing can be done: the name belongs to something else.
        record Refuse(String name) implements Step {}
    }

    private final LinkTable links;
    private final Map<Integer, Wanted> fitted;
    private final List<Step> steps = new ArrayList<>();

    private LinkPlan(LinkTable links, Map<Integer, Wanted> fitted) {
        this.links = links;
        this.fitted = fitted;
    }

    /// @param made the numbers of interfaces that we or a predecessor made, by their names
    /// @param fitted what interfaces were fitted out for, by their numbers
    static List<Step> of(
            LinkOrders orders,
            Map<String, Integer> made,
            Map<Integer, Wanted> fitted,
            LinkTable links) {
        LinkPlan plan = new LinkPlan(links, fitted);
        Map<String, Wanted> byName = new HashMap<>();
        orders.wanted().forEach(one -> byName.put(one.link().name(), one));
        made.forEach(
                (name, index) -> {
                    Optional<Link> there = links.link(name).filter(link -> link.index() == index);
                    if (!byName.containsKey(name)
                            && there.filter(LinkPlan::isOurKind).isPresent()) {
                        plan.steps.add(new Step.Remove(name, index));
                    }
                });
        orders.wanted().forEach(one -> plan.one(orders, one, made));
        return plan.steps;
    }

    private void one(LinkOrders orders, Wanted wanted, Map<String, Integer> made) {
        VirtualLink link = wanted.link();
        Optional<Link> base = links.link(link.base());
        Optional<Link> present = links.link(link.name());
        if (present.isEmpty()) {
            base.ifPresent(below -> steps.add(new Step.Create(link, below.index())));
        } else if (base.isEmpty()) {
            int index = present.get().index();
            if (made.getOrDefault(link.name(), 0) == index) {
                steps.add(new Step.Remove(link.name(), index)); // The base has another name now.
            }
        } else if (isRight(link, present.get(), base.get())) {
            keep(orders, wanted, present.get(), base.get());
        } else if (isOurKind(present.get())) {
            steps.add(new Step.Remove(link.name(), present.get().index()));
        } else {
            steps.add(new Step.Refuse(link.name()));
        }
    }

    private void keep(LinkOrders orders, Wanted wanted, Link present, Link base) {
        int master = vrf(base);
        @Nullable Wanted before = fitted.get(present.index());
        if (before == null || !before.equals(wanted)) {
            steps.add(new Step.FitOut(wanted, present.index(), base, master));
        } else if (vrf(present) != master) {
            steps.add(new Step.Enslave(present.name(), present.index(), master));
        } else if (wanted.speaksInet6() && wanted.link().isVmac()) {
            borrow(orders, present, base);
        }
    }

    /// A VMAC makes no link-local address of its own: it would be the same on all hosts that have
    /// this virtual router. That of the base is this host's alone.
    private void borrow(LinkOrders orders, Link present, Link base) {
        Optional<InterfaceAddress> lent =
                links.addresses(base.index()).stream()
                        .filter(one -> isHosts(orders, one) && !one.isTentative())
                        .findFirst();
        boolean there = false;
        for (InterfaceAddress one : links.addresses(present.index())) {
            boolean same = lent.isPresent() && one.address().equals(lent.get().address());
            there |= same;
            boolean borrowed = (one.flags() & InterfaceAddress.IFA_F_DEPRECATED) != 0;
            if (!same && borrowed && isHosts(orders, one)) {
                steps.add(new Step.GiveUp(present.name(), one));
            }
        }
        if (lent.isPresent() && !there) {
            InterfaceAddress plain = InterfaceAddress.plain(present.index(), lent.get().prefix());
            steps.add(new Step.Borrow(present.name(), plain));
        }
    }

    /// Whether it is an address of the host that was borrowed to send from.
    static boolean isHosts(LinkOrders orders, InterfaceAddress one) {
        IpAddress address = one.address();
        return address.family() == Family.INET6
                && address.isLinkLocal()
                && !orders.virtual().contains(address);
    }

    private int vrf(Link link) {
        return links.link(link.master())
                .filter(master -> master.is(VRF))
                .map(Link::index)
                .orElse(0);
    }

    private static boolean isOurKind(Link link) {
        return link.is(MACVLAN) || link.is(IPVLAN);
    }

    private static boolean isRight(VirtualLink link, Link present, Link base) {
        // The kernel puts a macvlan upon a macvlan beside it, on the same base.
        boolean beside =
                base.is(present.kind().orElse(""))
                        && base.parent() == present.parent()
                        && base.parentElsewhere() == present.parentElsewhere();
        boolean above = present.parent() == base.index() && !present.parentElsewhere();
        return (above || beside)
                && switch (link.kind()) {
                    case Kind.Vmac(var mac) ->
                            present.is(MACVLAN)
                                    && present.mode() == Link.MACVLAN_MODE_PRIVATE
                                    && present.mac().equals(Optional.of(mac));
                    case Kind.Ipvlan(var mode, _) ->
                            present.is(IPVLAN) && present.mode() == flags(mode);
                };
    }

    static int flags(VirtualLink.Mode mode) {
        return switch (mode) {
            case BRIDGE -> 0;
            case PRIVATE -> Link.IPVLAN_F_PRIVATE;
            case VEPA -> Link.IPVLAN_F_VEPA;
        };
    }
}
