package holdfast.daemon.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.daemon.vrrp.LinkOrders.Wanted;
import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.netlink.rt.InterfaceAddress;
import holdfast.netlink.rt.Link;
import holdfast.netlink.rt.OperState;
import holdfast.netlink.rt.RtNotice;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VirtualLink.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What there is against what there shall be.
class LinkPlanTest {

    private static final MacAddress MAC = VirtualLink.routerMac(Family.INET, 51);
    private static final Wanted VMAC = wanted("vrrp.51", Family.INET, new Kind.Vmac(MAC));
    private static final Wanted VMAC6 =
            wanted("vrrp.51", Family.INET6, new Kind.Vmac(VirtualLink.routerMac(Family.INET6, 51)));
    private static final Wanted IPVLAN =
            wanted(
                    "vrrp.51",
                    Family.INET,
                    new Kind.Ipvlan(VirtualLink.Mode.VEPA, Optional.empty()));

    private final LinkTable links = new LinkTable();
    private final Map<Integer, Wanted> fitted = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private Set<IpAddress> virtual = Set.of();

    @Test
    void whatIsAbsentIsMadeAndThenFittedOut() {
        assertEquals(List.of(), plan(VMAC), "without a base there is nothing to do");
        add(plain(2, "eth0"));
        assertEquals(List.of("create vrrp.51 on 2"), plan(VMAC));
        add(macvlan(5, "vrrp.51", 2, MAC));
        assertEquals(List.of("fit out 5, master 0"), plan(VMAC));
        fitted.put(5, VMAC);
        assertEquals(List.of(), plan(VMAC));
    }

    @Test
    void newTermsAreCarriedOutOnTheSameInterface() {
        add(plain(2, "eth0"));
        add(macvlan(5, "vrrp.51", 2, MAC));
        fitted.put(5, VMAC);
        Wanted both = new Wanted(VMAC.link(), true, true, false);
        assertEquals(List.of("fit out 5, master 0"), plan(both));
    }

    @Test
    void whatIsWrongIsMadeAnewAndWhatIsSomebodysStays() {
        add(plain(2, "eth0"));
        add(plain(3, "eth1"));
        add(macvlan(5, "vrrp.51", 2, new MacAddress(0x0200_0000_0001L)));
        assertEquals(List.of("remove 5"), plan(VMAC), "another MAC address");
        add(macvlan(5, "vrrp.51", 3, MAC));
        assertEquals(List.of("remove 5"), plan(VMAC), "another base");
        add(link(5, "vrrp.51", "macvlan", 2, 4, Optional.of(MAC), 0));
        assertEquals(List.of("remove 5"), plan(VMAC), "another mode");
        add(link(5, "vrrp.51", "ipvlan", 2, 0, Optional.of(MAC), 0));
        assertEquals(List.of("remove 5"), plan(VMAC), "another kind of ours");
        add(link(5, "vrrp.51", "dummy", 0, 0, Optional.of(MAC), 0));
        assertEquals(List.of("refuse vrrp.51"), plan(VMAC));
    }

    @Test
    void anIpvlanIsKnownByItsMode() {
        add(plain(2, "eth0"));
        add(link(5, "vrrp.51", "ipvlan", 2, Link.IPVLAN_F_VEPA, Optional.empty(), 0));
        assertEquals(List.of("fit out 5, master 0"), plan(IPVLAN));
        add(link(5, "vrrp.51", "ipvlan", 2, Link.IPVLAN_F_PRIVATE, Optional.empty(), 0));
        assertEquals(List.of("remove 5"), plan(IPVLAN));
    }

    @Test
    void aMacvlanMayStandBesideItsConfiguredBase() {
        add(macvlan(3, "eth0", 2, new MacAddress(0x0200_0000_0001L)));
        add(macvlan(5, "vrrp.51", 2, MAC));
        assertEquals(List.of("fit out 5, master 0"), plan(VMAC));
    }

    @Test
    void onlyWhatWeMadeIsRemovedWhenNobodyWantsIt() {
        add(plain(2, "eth0"));
        add(macvlan(5, "vrrp.51", 2, MAC));
        assertEquals(List.of(), plan());
        made.put("vrrp.51", 5);
        assertEquals(List.of("remove 5"), plan());
        add(plain(5, "vrrp.51"));
        assertEquals(List.of(), plan(), "somebody else's, of the same name and number");
    }

    @Test
    void aBaseThatIsRenamedLosesWhatIsOnIt() {
        add(plain(2, "eth7"));
        add(macvlan(5, "vrrp.51", 2, MAC));
        assertEquals(List.of(), plan(VMAC), "not ours to judge");
        made.put("vrrp.51", 5);
        assertEquals(List.of("remove 5"), plan(VMAC));
    }

    @Test
    void theVrfOfTheBaseIsFollowedAndNoBridge() {
        add(link(2, "eth0", "", 0, 0, Optional.of(MAC), 9));
        add(macvlan(5, "vrrp.51", 2, MAC));
        add(link(9, "blue", "bridge", 0, 0, Optional.empty(), 0));
        assertEquals(List.of("fit out 5, master 0"), plan(VMAC));
        add(link(9, "blue", "vrf", 0, 0, Optional.empty(), 0));
        assertEquals(List.of("fit out 5, master 9"), plan(VMAC));
        fitted.put(5, VMAC);
        assertEquals(List.of("enslave 5 to 9"), plan(VMAC));
    }

    @Test
    void anIpv6VmacBorrowsTheLinkLocalAddressOfItsBase() {
        add(plain(2, "eth0"));
        add(macvlan(5, "vrrp.51", 2, VirtualLink.routerMac(Family.INET6, 51)));
        fitted.put(5, VMAC6);
        assertEquals(List.of(), plan(VMAC6), "the base has none yet");
        add(2, "fe80::1", InterfaceAddress.IFA_F_TENTATIVE);
        assertEquals(List.of(), plan(VMAC6), "which may turn out to be another's");
        add(2, "fe80::1", 0);
        assertEquals(List.of("borrow fe80::1"), plan(VMAC6));
        add(5, "fe80::1", InterfaceAddress.IFA_F_DEPRECATED);
        add(5, "fe80::100", 0);
        assertEquals(List.of(), plan(VMAC6));
        links.apply(notice(2, "fe80::1", 0, false));
        add(2, "fe80::2", 0);
        assertEquals(List.of("give up fe80::1", "borrow fe80::2"), plan(VMAC6));
    }

    @Test
    void aVirtualAddressIsNeitherBorrowedNorGivenUp() {
        virtual = Set.of(ip("fe80::100"));
        add(plain(2, "eth0"));
        add(macvlan(5, "vrrp.51", 2, VirtualLink.routerMac(Family.INET6, 51)));
        fitted.put(5, VMAC6);
        add(2, "fe80::100", 0);
        add(5, "fe80::100", InterfaceAddress.IFA_F_DEPRECATED);
        assertEquals(List.of(), plan(VMAC6));
    }

    private List<String> plan(Wanted... wanted) {
        List<String> words = new ArrayList<>();
        LinkOrders orders = new LinkOrders(List.of(wanted), virtual);
        for (LinkPlan.Step step : LinkPlan.of(orders, made, fitted, links)) {
            words.add(
                    switch (step) {
                        case LinkPlan.Step.Create(var link, int base) ->
                                "create " + link.name() + " on " + base;
                        case LinkPlan.Step.FitOut(_, int index, _, int master) ->
                                "fit out " + index + ", master " + master;
                        case LinkPlan.Step.Enslave(_, int index, int master) ->
                                "enslave " + index + " to " + master;
                        case LinkPlan.Step.Remove(_, int index) -> "remove " + index;
                        case LinkPlan.Step.Borrow(_, var address) -> "borrow " + address.address();
                        case LinkPlan.Step.GiveUp(_, var address) -> "give up " + address.address();
                        case LinkPlan.Step.Refuse(var name) -> "refuse " + name;
                    });
        }
        return words;
    }

    private static Wanted wanted(String name, Family family, Kind kind) {
        VirtualLink link = new VirtualLink(name, "eth0", family, kind, Optional.empty(), false);
        return new Wanted(link, family == Family.INET, family == Family.INET6, true);
    }

    private void add(Link link) {
        links.apply(new RtNotice.LinkNotice(link, true));
    }

    private void add(int index, String address, int flags) {
        links.apply(notice(index, address, flags, true));
    }

    private static RtNotice notice(int index, String address, int flags, boolean present) {
        InterfaceAddress plain = InterfaceAddress.plain(index, new IpPrefix(ip(address), 64));
        return new RtNotice.AddressNotice(
                new InterfaceAddress(
                        index,
                        plain.prefix(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        flags,
                        0,
                        InterfaceAddress.FOREVER,
                        InterfaceAddress.FOREVER),
                present);
    }

    static Link plain(int index, String name) {
        return link(index, name, "", 0, 0, Optional.of(new MacAddress(0x0200_0000_0009L)), 0);
    }

    private static Link macvlan(int index, String name, int parent, MacAddress mac) {
        return link(index, name, "macvlan", parent, Link.MACVLAN_MODE_PRIVATE, Optional.of(mac), 0);
    }

    private static Link link(
            int index,
            String name,
            String kind,
            int parent,
            int mode,
            Optional<MacAddress> mac,
            int master) {
        return new Link(
                index,
                name,
                1,
                Link.IFF_UP | Link.IFF_RUNNING,
                OperState.UP,
                true,
                1500,
                mac,
                Optional.empty(),
                Optional.of(kind).filter(text -> !text.isEmpty()),
                master,
                parent,
                false,
                0,
                0,
                mode);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
