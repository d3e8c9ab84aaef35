package holdfast.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.MacAddress;
import holdfast.vrrp.FaultReason.Kind;
import holdfast.vrrp.VrrpEvent.LinkGone;
import holdfast.vrrp.VrrpEvent.LinkIs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Routers with an interface of their own on top of the one they are configured on.
class PlaceStoryTest {

    private static final VirtualLink VMAC = vmac("vrrp.1", Family.INET);

    @Test
    void bothInterfacesMustBeThereAndUp() {
        Story story = new Story(onVmac(Specs.v3(100).spec(), VMAC, false));
        story.at(0, Story.up("eth0", "192.0.2.7"));
        assertEquals(Role.INIT, role(story), "of its own interface it has not heard");
        story.at(0, new LinkGone("vrrp.1"));
        assertEquals(List.of(new FaultReason(Kind.INTERFACE_MISSING, "vrrp.1")), faults(story));
        story.at(0, on("vrrp.1", "eth0"));
        assertEquals(List.of(), faults(story));
        assertEquals(Role.BACKUP, role(story));
        story.at(0, Story.down("vrrp.1"));
        assertEquals(List.of(new FaultReason(Kind.INTERFACE_DOWN, "vrrp.1")), faults(story));
        story.at(0, on("vrrp.1", "eth0"));
        story.at(0, Story.down("eth0", "192.0.2.7"));
        assertEquals(List.of(new FaultReason(Kind.INTERFACE_DOWN, "eth0")), faults(story));
        story.at(0, new LinkGone("eth0")).at(0, new LinkGone("vrrp.1"));
        assertEquals(List.of(new FaultReason(Kind.INTERFACE_MISSING, "eth0")), faults(story));
    }

    @Test
    void advertsOfIpv4ComeFromTheBaseAndThoseOfIpv6FromTheVmac() {
        Story inet = new Story(onVmac(Specs.v3(100).spec(), VMAC, false));
        inet.at(0, Story.up("eth0", "192.0.2.7")).at(0, on("vrrp.1", "eth0", "192.0.2.9"));
        assertEquals(Optional.of(Specs.ip("192.0.2.7")), source(inet));

        VrrpSpec six =
                Specs.v3(100)
                        .with(
                                new Transport.Multicast(Specs.ip("ff02::12")),
                                Optional.empty(),
                                Family.INET6)
                        .spec();
        Story own = new Story(onVmac(six, vmac("vrrp.1", Family.INET6), false));
        own.at(0, Story.up("eth0", "fe80::7")).at(0, on("vrrp.1", "eth0"));
        assertEquals(List.of(new FaultReason(Kind.NO_SOURCE_ADDRESS, "vrrp.1")), faults(own));
        own.at(0, on("vrrp.1", "eth0", "fe80::9"));
        assertEquals(Optional.of(Specs.ip("fe80::9")), source(own));

        Story base = new Story(onVmac(six, vmac("vrrp.1", Family.INET6), true));
        base.at(0, Story.up("eth0", "fe80::7")).at(0, on("vrrp.1", "eth0", "fe80::9"));
        assertEquals(Optional.of(Specs.ip("fe80::7")), source(base));
    }

    @Test
    void advertsAreHeardWhereTheySpeak() {
        VrrpSpec spec = onVmac(Specs.v3(100).spec(), VMAC, false);
        Story story = new Story(spec);
        story.at(0, Story.up("eth0", "192.0.2.7")).at(0, on("vrrp.1", "eth0"));
        VrrpEvent.PacketReceived advert = Story.advert(spec, 200, "192.0.2.8");
        assertEquals("vrrp.1", advert.interfaceName());
        story.at(1, advert);
        assertEquals(
                Specs.ip("192.0.2.8"),
                story.node().status().getFirst().master().orElseThrow().address());
    }

    @Test
    void anotherVmacIsAnotherRouter() {
        VrrpSpec plain = Specs.v3(100).spec();
        VrrpSpec placed = onVmac(plain, VMAC, false);
        assertTrue(!plain.key().equals(placed.key()));
        assertEquals(plain.key().onTheWire(), placed.key().onTheWire());
    }

    /// Two interfaces, of which one sits on the other, are one wire.
    @Test
    void ofTwoRoutersThatAreOneOnTheWireTheSecondIsInFault() {
        VrrpSpec first = Specs.v3(100).spec();
        VrrpSpec second = Specs.v3(100).named("b", 1, "mac0").spec();
        Story story = new Story(first, second);
        story.at(0, Story.up("eth0", "192.0.2.7"));
        story.at(0, new LinkIs("mac0", true, 1500, MAC, prefixes("192.0.2.9")));
        assertEquals(List.of(), faults(story, 1), "as far as can be seen");
        story.at(0, on("mac0", "eth0", "192.0.2.9"));
        assertEquals(List.of(), faults(story, 0));
        assertEquals(List.of(new FaultReason(Kind.SAME_ROUTER, "a")), faults(story, 1));
        story.at(0, on("mac0", "eth1", "192.0.2.9"));
        assertEquals(List.of(), faults(story, 1));
        story.at(0, on("mac0", "eth0", "192.0.2.9"));
        VrrpSpec other = Specs.v3(100).named("b", 2, "mac0").spec();
        story.at(0, new VrrpEvent.Respecified(Specs.node(first, other)));
        assertEquals(List.of(), faults(story, 1), "which have different numbers now");
    }

    @Test
    void aVmacForAddressesAloneIsAnnouncedNowAndThen() {
        VirtualLink other = vmac("vrrp1.1", Family.INET);
        Announcing.Elsewhere elsewhere = new Announcing.Elsewhere(Duration.ofSeconds(100), false);
        VrrpSpec plain = Specs.v3(255).spec();
        Announcing quiet = plain.announcing();
        VrrpSpec spec =
                plain.draft()
                        .place(
                                new Place(
                                        Optional.of("eth0"),
                                        Optional.of(VMAC),
                                        false,
                                        List.of(other),
                                        Optional.empty()))
                        .addresses(
                                List.of(
                                        address("192.0.2.100", "vrrp.1"),
                                        address("192.0.3.100", "vrrp1.1"),
                                        address("192.0.4.100", "eth2")))
                        .announcing(
                                new Announcing(
                                        quiet.repeat(),
                                        quiet.delay(),
                                        quiet.refresh(),
                                        quiet.refreshRepeat(),
                                        quiet.lowerPriorityRepeat(),
                                        quiet.lowerPriorityDelay(),
                                        elsewhere))
                        .done();
        Story story = new Story(spec);
        story.at(0, Story.up("eth0", "192.0.2.7")).at(0, on("vrrp.1", "eth0"));
        story.until(90_000).skip().until(110_000);
        List<String> announced =
                story.told().lines().filter(line -> line.contains("nnounce")).toList();
        assertEquals(1, announced.size(), story.told());
        assertTrue(announced.getFirst().contains("192.0.3.100"), announced.toString());
    }

    private static VirtualAddress address(String address, String interfaceName) {
        return VirtualAddress.plain(IpPrefix.host(Specs.ip(address)), interfaceName);
    }

    private static final MacAddress MAC = new MacAddress(0x0200_0000_0001L);

    private static LinkIs on(String name, String base, String... addresses) {
        return new LinkIs(name, true, 1500, MAC, prefixes(addresses), Optional.of(base));
    }

    private static List<IpPrefix> prefixes(String... addresses) {
        return Stream.of(addresses).map(Specs::ip).map(IpPrefix::host).toList();
    }

    private static VirtualLink vmac(String name, Family family) {
        return new VirtualLink(
                name,
                "eth0",
                family,
                new VirtualLink.Kind.Vmac(VirtualLink.routerMac(family, 1)),
                Optional.empty(),
                false);
    }

    private static VrrpSpec onVmac(VrrpSpec spec, VirtualLink link, boolean throughBase) {
        return spec.draft()
                .place(
                        new Place(
                                spec.interfaceName(),
                                Optional.of(link),
                                throughBase,
                                List.of(),
                                Optional.empty()))
                .done();
    }

    private static Role role(Story story) {
        return story.node().status().getFirst().role();
    }

    private static List<FaultReason> faults(Story story) {
        return faults(story, 0);
    }

    private static List<FaultReason> faults(Story story, int index) {
        return story.node().status().get(index).faults();
    }

    private static Optional<IpAddress> source(Story story) {
        return story.node().status().getFirst().source();
    }
}
