package holdfast.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A director under a kernel with IPVS, a client in front of it, and servers behind.
///
/// The servers are plugged in twice: in front, for direct routing, and behind, for translation.
final class Director {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    final Lab lab;
    final Host client;
    final Host lb;
    final List<Host> servers = new ArrayList<>();
    final List<Process> webs = new ArrayList<>();

    Director(Lab lab, int serverCount) {
        this.lab = lab;
        Wire front = lab.wire();
        Wire back = lab.wire();
        client = lab.host("client").plug(front, "eth0", "10.0.0.99/24");
        lb =
                lab.host("lb")
                        .plug(front, "eth0", "10.0.0.254/24", "10.0.0.10/32", "10.0.0.11/32")
                        .plug(back, "eth1", "10.0.1.254/24")
                        .set("net.ipv4.ip_forward", "1");
        for (int number = 1; number <= serverCount; number++) {
            servers.add(server(number, front, back));
            webs.add(Web.start(servers.getLast(), "0.0.0.0", 80));
        }
    }

    private Host server(int number, Wire front, Wire back) {
        Host server =
                lab.host("rs" + number)
                        .plug(front, "eth0", "10.0.0.%d/24".formatted(number))
                        .plug(back, "eth1", "10.0.1.%d/24".formatted(number))
                        .set("net.ipv4.conf.all.arp_ignore", "1")
                        .set("net.ipv4.conf.all.arp_announce", "2");
        server.run("ip", "address", "add", "10.0.0.10/32", "dev", "lo");
        server.run("ip", "rule", "add", "from", "10.0.1.0/24", "lookup", "7");
        server.run("ip", "route", "add", "default", "via", "10.0.1.254", "table", "7");
        return server;
    }

    /// The services and servers of the kernel, as ipvsadm would restore them, in a steady order.
    static List<String> plane(Host host) {
        return host.run("ipvsadm", "-Sn").lines().sorted().toList();
    }

    /// A service over the first servers of a network, each of them checked by a connection.
    static String service(String address, String kind, String network, int serverCount) {
        var text =
                new StringBuilder(
                        """
                        virtual_server %s 80 {
                          delay_loop 1
                          lb_algo rr
                          lb_kind %s
                          protocol TCP
                        """
                                .formatted(address, kind));
        for (int number = 1; number <= serverCount; number++) {
            text.append(
                    """
                      real_server %s.%d 80 {
                        weight 1
                        TCP_CHECK {
                          connect_timeout 1
                          retry 0
                        }
                      }
                    """
                            .formatted(network, number));
        }
        return text.append("}\n").toString();
    }

    /// What the packet filter of the director holds.
    String rules() {
        return lb.run("nft", "list", "ruleset");
    }

    /// Waits until six requests in turn are answered by exactly these.
    void awaitAnswers(Daemon daemon, String service, Set<String> expected) {
        Await.until(
                "requests are answered by " + expected,
                LIMIT,
                () -> {
                    List<String> answers = new ArrayList<>();
                    for (int count = 0; count < 6; count++) {
                        answers.add(Web.ask(client, service));
                    }
                    return new TreeSet<>(answers).equals(expected);
                },
                () -> rules() + daemon.log());
    }
}
