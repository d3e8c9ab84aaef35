package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.net.MacAddress;
import holdfast.vrrp.VirtualLink;
import holdfast.vrrp.VirtualLink.Kind;
import holdfast.vrrp.VrrpSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which interfaces routers get, what they are called, and which addresses go there.
class PlaceBinderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    use_vmac                                  | vrrp.51 vmac 00:00:5e:00:01:33
                    use_vmac vr51                             | vr51 vmac 00:00:5e:00:01:33
                    use_vmac name vr51                        | vr51 vmac 00:00:5e:00:01:33
                    use_vmac 02:01:02:03:04:05                | vrrp.51 vmac 02:01:02:03:04:05
                    use_vmac 02:1:02:03:04                    | vrrp.51 vmac 02:01:02:03:04:33
                    use_vmac vr51 02:01:02:03:04:             | vr51 vmac 02:01:02:03:04:33
                    use_vmac name vr51 netlink_notify_msg group 5 | vr51 vmac 00:00:5e:00:01:33 \
                    group 5 touches
                    use_vmac group default                    | vrrp.51 vmac 00:00:5e:00:01:33 \
                    group 0
                    use_ipvlan 10.9.0.51                      | vrrp.51 BRIDGE 10.9.0.51/32
                    use_ipvlan ipv51 10.9.0.51/24 vepa        | ipv51 VEPA 10.9.0.51/24
                    use_ipvlan private name x 10.9.0.51       | x PRIVATE 10.9.0.51/32
                    """)
    void theWordsMayStandInAnyOrder(String line, String expected) {
        Loaded loaded = load(line, "10.9.0.100/24");
        assertEquals(List.of(), loaded.diagnostics());
        assertEquals(expected, words(only(loaded).place().own().orElseThrow()));
        VirtualLink own = only(loaded).place().own().orElseThrow();
        assertEquals(Optional.of(own.name()), only(loaded).place().device());
        String home = own.isVmac() ? own.name() : "eth0";
        assertEquals(List.of("10.9.0.100/24 " + home), addresses(only(loaded)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    use_vmac 01:01:02:03:04:05        | this is a MAC address of a group
                    use_vmac 00:00:5e:00:01:07        | this MAC address is another virtual router's
                    use_vmac 00:00:5e:00:02           | this MAC address is another virtual router's
                    use_vmac 02:01:02                 | expected a MAC address of six octets
                    use_vmac a b                      | 'a' stands here already
                    use_vmac name sixteen-letters-x   | is longer than 15 letters
                    use_vmac group nobody             | there is no group of interfaces
                    use_ipvlan                        | an IPVLAN for IPv4 needs an address
                    use_ipvlan 2001:db8::1            | the address is not of the instance's family
                    strict_mode; use_vmac 02:01:02:03:04:05 | strict mode has no other MAC address
                    strict_mode; use_vmac; vmac_xmit_base | not in strict mode
                    use_vmac; use_ipvlan 10.9.0.51    | ignored, since 'use_vmac' stands here too
                    """)
    void mistakesAreNamed(String lines, String complaint) {
        Loaded loaded = load(lines.replace("; ", "\n"), "10.9.0.100/24");
        assertTrue(
                loaded.diagnostics().stream().anyMatch(one -> one.message().contains(complaint)),
                loaded.diagnostics().toString());
    }

    @Test
    void eachNameIsGivenOnce() {
        String text =
                instance("A", "eth0", 51, "use_vmac", "10.9.0.100/24")
                        + instance("A6", "eth0", 51, "use_vmac", "fe80::100/64")
                        + instance("B", "eth1", 51, "use_vmac", "10.9.1.100/24")
                        + instance("B6", "eth1", 51, "use_vmac", "fe80::101/64")
                        + instance("C", "eth1", 52, "use_vmac vrrp.52", "10.9.1.102/24")
                        + instance("D", "eth2", 52, "use_vmac vrrp.52", "10.9.2.102/24");
        Loaded loaded = Configurations.load(text);
        assertEquals(
                List.of(
                        "vrrp.51 vmac 00:00:5e:00:01:33",
                        "vrrp6.51 vmac 00:00:5e:00:02:33",
                        "vrrp1.51 vmac 00:00:5e:00:01:33",
                        "vrrp2.51 vmac 00:00:5e:00:02:33",
                        "vrrp.52 vmac 00:00:5e:00:01:34",
                        "vrrp1.52 vmac 00:00:5e:00:01:34"),
                loaded.configuration().vrrp().virtualLinks().stream()
                        .map(PlaceBinderTest::words)
                        .toList());
        assertEquals(1, loaded.diagnostics().size(), loaded.diagnostics().toString());
        assertEquals("another interface has this name", loaded.diagnostics().getFirst().message());
    }

    @Test
    void prefixesOfNamesCanBeChosen() {
        String globals = "global_defs {\n vmac_prefix vm\n vmac_addr_prefix va\n}\n";
        String router =
                instance(
                        "A", "eth0", 51, "use_vmac", "10.9.0.100/24\n10.9.0.101 dev eth1 use_vmac");
        assertEquals(
                List.of("10.9.0.100/24 vm.51", "10.9.0.101/32 va.51"),
                addresses(only(Configurations.load(globals + router))));
        String one = "global_defs {\n vmac_prefix vm\n}\n";
        assertEquals(
                List.of("10.9.0.100/24 vm.51", "10.9.0.101/32 vm1.51"),
                addresses(only(Configurations.load(one + router))));
        Loaded bad = Configurations.load(globals.replace("vm\n", "no:such\n") + router);
        assertEquals(
                "no name of an interface can begin with this",
                bad.diagnostics().getFirst().message());
        assertEquals("10.9.0.100/24 vrrp.51", addresses(only(bad)).getFirst());
    }

    @Test
    void addressesGoWhereTheirMacIs() {
        String addresses = "10.9.0.100/24\n10.9.0.101 dev eth0\n10.9.1.100 dev eth1";
        String excluded =
                "10.9.0.102 use_vmac\n2001:db8::1\n2001:db8::2 use_vmac\n"
                        + "10.9.1.101 dev eth1 use_vmac";
        assertEquals(
                List.of(
                        "10.9.0.100/24 vrrp.51",
                        "10.9.0.101/32 vrrp.51",
                        "10.9.1.100/32 eth1",
                        "10.9.0.102/32 vrrp.51",
                        "2001:db8::1/128 vrrp.51",
                        "2001:db8::2/128 vrrp6.51",
                        "10.9.1.101/32 vrrp1.51"),
                addresses(only(load("use_vmac", addresses, excluded))));
        assertEquals(
                List.of(
                        "10.9.0.100/24 vrrp.51",
                        "10.9.0.101/32 vrrp.51",
                        "10.9.1.100/32 vrrp1.51",
                        "10.9.0.102/32 vrrp.51",
                        "2001:db8::1/128 vrrp6.51",
                        "2001:db8::2/128 vrrp6.51",
                        "10.9.1.101/32 vrrp1.51"),
                addresses(only(load("use_vmac\nuse_vmac_addr", addresses, excluded))));
        assertEquals(
                List.of(
                        "10.9.0.100/24 eth0",
                        "10.9.0.101/32 eth0",
                        "10.9.1.100/32 eth1",
                        "10.9.0.102/32 vrrp.51",
                        "2001:db8::1/128 eth0",
                        "2001:db8::2/128 vrrp6.51",
                        "10.9.1.101/32 vrrp1.51"),
                addresses(only(load("", addresses, excluded))));
    }

    @Test
    void aMacThatWasChosenServesBothFamilies() {
        assertEquals(
                List.of("10.9.0.100/24 vrrp.51", "2001:db8::2/128 vrrp.51"),
                addresses(
                        only(
                                load(
                                        "use_vmac 02:00:00:00:00",
                                        "10.9.0.100/24",
                                        "2001:db8::2 use_vmac"))));
    }

    @Test
    void whatGoesToOneAddressComesInThroughTheBase() {
        VrrpSpec plain = only(load("use_vmac\nvmac_xmit_base", "10.9.0.100/24"));
        assertEquals(Optional.of("eth0"), plain.place().device());
        assertEquals(List.of("10.9.0.100/24 vrrp.51"), addresses(plain));
        VrrpSpec unicast =
                only(
                        load(
                                "use_vmac\nunicast_src_ip 10.9.0.1\nunicast_peer {\n 10.9.0.2\n}",
                                "10.9.0.100/24"));
        assertTrue(unicast.place().throughBase());
    }

    @Test
    void anIpvlanSpeaksFromItsAddress() {
        VrrpSpec spec = only(load("use_ipvlan 10.9.0.51", "10.9.0.100/24"));
        assertEquals("10.9.0.51", spec.source().orElseThrow().toString());
    }

    @Test
    void withoutAnInterfaceThereIsTheDefaultOneAndPerhapsAVrf() {
        String text =
                """
                global_defs {
                    default_interface eth1
                }
                vrrp_instance A {
                    virtual_router_id 51
                    vrf eth2
                    unicast_src_ip 10.9.0.1
                    unicast_peer {
                        10.9.0.2
                    }
                    virtual_ipaddress {
                        10.9.0.100/24
                    }
                }
                """;
        Loaded loaded = Configurations.load(text);
        assertEquals(List.of(), loaded.diagnostics());
        assertEquals(List.of("10.9.0.100/24 eth1"), addresses(only(loaded)));
        assertEquals(Optional.of("eth2"), only(loaded).place().device());
        assertFalse(Configurations.load(text.replace("vrf eth2", "vrf eth9")).runnable());
    }

    @Test
    void namesThatWereMadeMayBeTracked() {
        Loaded loaded =
                load("use_vmac vr51\ntrack_interface {\n vr51\n}", "10.9.0.100/24 dev vr51");
        assertEquals(List.of(), loaded.diagnostics());
        assertEquals(List.of("10.9.0.100/24 vr51"), addresses(only(loaded)));
    }

    private static Loaded load(String lines, String addresses) {
        return Configurations.load(instance("A", "eth0", 51, lines, addresses));
    }

    private static Loaded load(String lines, String addresses, String excluded) {
        return load(lines + "\nvirtual_ipaddress_excluded {\n" + excluded + "\n}", addresses);
    }

    private static String instance(
            String name, String interfaceName, int vrid, String lines, String addresses) {
        return """
        vrrp_instance %s {
            interface %s
            virtual_router_id %d
            %s
            virtual_ipaddress {
                %s
            }
        }
        """
                .formatted(name, interfaceName, vrid, lines, addresses);
    }

    private static VrrpSpec only(Loaded loaded) {
        assertEquals(1, loaded.configuration().vrrp().instances().size());
        return loaded.configuration().vrrp().instances().getFirst();
    }

    private static List<String> addresses(VrrpSpec spec) {
        return Stream.concat(spec.addresses().stream(), spec.excluded().stream())
                .map(one -> one.prefix() + " " + one.interfaceName())
                .toList();
    }

    private static String words(VirtualLink link) {
        String kind =
                switch (link.kind()) {
                    case Kind.Vmac(MacAddress mac) -> "vmac " + mac;
                    case Kind.Ipvlan(var mode, var address) ->
                            mode + address.map(one -> " " + one).orElse("");
                };
        return Stream.of(
                        link.name(),
                        kind,
                        link.group().map(group -> "group " + group).orElse(""),
                        link.touchesBase() ? "touches" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
