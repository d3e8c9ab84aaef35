package holdfast.lab.interop.bfd;

import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Wire;

/// Holdfast's host and those of its neighbours on one wire, and a router to a second one, where the
/// neighbours have other addresses.
///
/// Confined to one thread.
final class Network {

    private static final String PACKETS = "udp port 3784 or udp port 4784";

    private final Lab lab;
    private final Wire near;
    private final Wire far;
    private final Host holdfast;

    Network(Lab lab) {
        this.lab = lab;
        near = lab.wire();
        far = lab.wire();
        holdfast = lab.host("a").plug(near, "eth0", "10.0.0.1/24", "fd00::1/64");
        holdfast.run("ip", "address", "add", "10.0.2.1/32", "dev", "lo");
        holdfast.run("ip", "address", "add", "fd02::1/128", "dev", "lo");
        Host router =
                lab.host("r")
                        .plug(near, "eth0", "10.0.0.254/24", "fd00::254/64")
                        .plug(far, "eth1", "10.0.1.254/24", "fd01::254/64")
                        .set("net.ipv4.ip_forward", "1")
                        .set("net.ipv6.conf.all.forwarding", "1");
        router.run("ip", "route", "add", "10.0.2.1", "via", "10.0.0.1");
        router.run("ip", "route", "add", "fd02::1", "via", "fd00::1");
        holdfast.run("ip", "route", "add", "10.0.1.0/24", "via", "10.0.0.254");
        holdfast.run("ip", "route", "add", "fd01::/64", "via", "fd00::254");
    }

    Host holdfast() {
        return holdfast;
    }

    /// A host for a neighbour.
    Host neighbour(int number) {
        Host host =
                lab.host("n" + number)
                        .plug(near, "eth0", address(0, number), address6(0, number))
                        .plug(far, "eth1", address(1, number), address6(1, number));
        host.run("ip", "route", "add", "10.0.2.1", "via", "10.0.1.254");
        host.run("ip", "route", "add", "fd02::1", "via", "fd01::254");
        return host;
    }

    private static String address(int network, int number) {
        return "10.0.%d.%d/24".formatted(network, number);
    }

    private static String address6(int network, int number) {
        return "fd0%d::%d/64".formatted(network, number);
    }

    /// All that anybody says on the near wire, whether it is heard or not.
    Listening listen() {
        return Listening.start(near, PACKETS);
    }

    /// From now on packets of BFD do not pass, and nobody is told. What is lost is recorded with
    /// another sender, so that it can be told from what passed just before.
    void cut(boolean ours, boolean its) {
        var rules = new StringBuilder();
        rules.append("add table bridge cut; add chain bridge cut marking");
        rules.append(" { type filter hook prerouting priority 0; }; add chain bridge cut dropping");
        rules.append(" { type filter hook forward priority 0; }");
        rules.append(
                "; add rule bridge cut dropping ether saddr %s drop".formatted(Statement.LOST));
        String what = " \"to-a\" meta l4proto udp th dport { 3784, 4784 } ether saddr set ";
        if (ours) {
            rules.append("; add rule bridge cut marking iifname ==" + what + Statement.LOST);
        }
        if (its) {
            rules.append("; add rule bridge cut marking iifname !=" + what + Statement.LOST);
        }
        near.host().run("nft", rules.toString());
    }

    /// All passes again.
    void mend() {
        near.host().run("nft", "delete table bridge cut");
    }
}
