package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways of packets beside those of plain TCP over IPv4, and connections that outlive a director.
@Tag("ipvs")
class ForwardingTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Lines of a talk that show that it goes on.
    private static final int SOME = 5;

    @Test
    void requestsReachTheServersThroughTunnels() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            director.lb.run("ip", "address", "add", "10.0.0.12/32", "dev", "eth0");
            for (Host server : director.servers) {
                server.run("ip", "link", "set", "tunl0", "up");
                server.run("ip", "address", "add", "10.0.0.12/32", "dev", "tunl0");
                server.set("net.ipv4.conf.all.rp_filter", "0");
                server.set("net.ipv4.conf.tunl0.rp_filter", "0");
            }
            String text = Director.service("10.0.0.12", "TUN", "10.0.0", 2);
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, text);
            awaitAnswers(director.client, daemon, "10.0.0.12", Set.of("rs1", "rs2"));
            Web.kill(director.webs.getFirst());
            awaitAnswers(director.client, daemon, "10.0.0.12", Set.of("rs2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipvs", "nftables"})
    void requestsOverIpv6AreTranslated(String plane) {
        try (Lab lab = Lab.open()) {
            Wire front = lab.wire();
            Wire back = lab.wire();
            Host client = lab.host("client").plug(front, "eth0", "fd00::99/64");
            Host lb =
                    lab.host("lb")
                            .plug(front, "eth0", "fd00::254/64", "fd00::11/128")
                            .plug(back, "eth1", "fd01::254/64")
                            .set("net.ipv6.conf.all.forwarding", "1");
            List<Process> webs = new ArrayList<>();
            for (int number = 1; number <= 2; number++) {
                String address = "fd01::" + number;
                Host server = lab.host("rs" + number).plug(back, "eth0", address + "/64");
                server.run("ip", "-6", "route", "add", "default", "via", "fd01::254");
                webs.add(Web.start(server, "[" + address + "]", 80));
            }
            String text =
                    Director.service("fd00::11", "NAT", "fd01:", 2).replace("fd01:.", "fd01::");
            Daemon daemon = Daemon.start(Software.HOLDFAST, lb, on(plane) + text);
            awaitAnswers(client, daemon, "[fd00::11]", Set.of("rs1", "rs2"));
            Web.kill(webs.getFirst());
            awaitAnswers(client, daemon, "[fd00::11]", Set.of("rs2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipvs", "nftables"})
    void associationsOfSctpAreTranslated(String plane) {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            for (Host server : director.servers) {
                server.start("sctp.log", Sctp.server(address(director, server), server.label()));
            }
            String text =
                    """
                    virtual_server 10.0.0.11 9 {
                      lb_algo rr
                      lb_kind NAT
                      protocol SCTP
                      real_server 10.0.1.1 9 {
                      }
                      real_server 10.0.1.2 9 {
                      }
                    }
                    """;
            Daemon daemon = Daemon.start(Software.HOLDFAST, director.lb, on(plane) + text);
            await(daemon, () -> Sctp.ask(director.client, "10.0.0.11"), Set.of("rs1", "rs2"));
            String less = text.replace("real_server 10.0.1.1 9 {\n  }", "");
            daemon.reload(on(plane) + less);
            await(daemon, () -> Sctp.ask(director.client, "10.0.0.11"), Set.of("rs2"));
        }
    }

    private static String address(Director director, Host server) {
        return "10.0.1." + (director.servers.indexOf(server) + 1);
    }

    @Test
    void aConnectionGoesOnThroughTheNextDirector() {
        try (Lab lab = Lab.open()) {
            Wire lan = lab.wire();
            Wire between = lab.wire();
            Host client = lab.host("client").plug(lan, "eth0", "10.0.0.99/24");
            Path echo = lab.script("echo.sh", "while read l; do echo \"$1 $l\"; done\n");
            for (int number = 1; number <= 2; number++) {
                Host server =
                        lab.host("rs" + number)
                                .plug(lan, "eth0", "10.0.0.2%d/24".formatted(number))
                                .set("net.ipv4.conf.all.arp_ignore", "1")
                                .set("net.ipv4.conf.all.arp_announce", "2");
                server.run("ip", "address", "add", "10.0.0.100/32", "dev", "lo");
                String[] nc = {"busybox", "nc", "-ll", "-p", "7", "-e", echo.toString()};
                List<String> command = new ArrayList<>(List.of(nc));
                command.add(server.label());
                server.start("echo.log", command);
            }
            Host a = director(lab, "a", lan, between, 1);
            Host b = director(lab, "b", lan, between, 2);
            Daemon first = Daemon.start(Software.HOLDFAST, a, text(150));
            Await.until("a serves", LIMIT, () -> a.owns("10.0.0.100"), first::log);
            Daemon second = Daemon.start(Software.HOLDFAST, b, text(100));
            Await.until("both are there", LIMIT, () -> rows(a) == 2 && rows(b) == 2, first::log);

            String talk = "n=0; while :; do n=$((n+1)); echo $n; sleep 0.1; done";
            String to = " | busybox nc 10.0.0.100 7";
            Process talker = client.start("talk.log", List.of("sh", "-c", talk + to));
            awaitTalk(lab, SOME, first);
            Await.until(
                    "b knows the connection",
                    LIMIT,
                    () -> b.run("ipvsadm", "-Lnc").contains("ESTABLISHED"),
                    () -> b.run("ipvsadm", "-L", "--daemon") + second.log());

            first.kill();
            a.run("ip", "link", "set", "eth0", "down");
            Await.until("b serves", LIMIT, () -> b.owns("10.0.0.100"), second::log);
            awaitTalk(lab, talk(lab).size() + SOME, second);
            assertTrue(talker.isAlive(), "the connection ended");
            List<String> all = talk(lab);
            String server = all.getFirst().split(" ")[0];
            for (int line = 0; line < all.size(); line++) {
                assertEquals(server + " " + (line + 1), all.get(line));
            }
        }
    }

    private static Host director(Lab lab, String name, Wire lan, Wire between, int number) {
        return lab.host(name)
                .plug(lan, "eth0", "10.0.0.%d/24".formatted(number))
                .plug(between, "eth1", "10.0.1.%d/24".formatted(number));
    }

    private static String text(int priority) {
        return """
        global_defs {
          lvs_sync_daemon eth1 inst VI_1 id 51
        }
        vrrp_instance VI_1 {
          state BACKUP
          interface eth0
          virtual_router_id 51
          priority %d
          advert_int 0.2
          version 3
          virtual_ipaddress {
            10.0.0.100/32
          }
        }
        virtual_server 10.0.0.100 7 {
          lb_algo rr
          lb_kind DR
          protocol TCP
          real_server 10.0.0.21 7 {
          }
          real_server 10.0.0.22 7 {
          }
        }
        """
                .formatted(priority);
    }

    private static long rows(Host host) {
        return Director.plane(host).stream().filter(line -> line.startsWith("-a ")).count();
    }

    private static List<String> talk(Lab lab) {
        try {
            return Files.readAllLines(lab.directory().resolve("talk.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitTalk(Lab lab, int lines, Daemon daemon) {
        Await.until(
                "%d lines were echoed".formatted(lines),
                LIMIT,
                () -> talk(lab).size() >= lines,
                () -> talk(lab) + "\n" + daemon.log());
    }

    private static String on(String plane) {
        return "global_defs {\n  lvs_backend %s\n}\n".formatted(plane);
    }

    private static void awaitAnswers(
            Host client, Daemon daemon, String address, Set<String> servers) {
        await(
                daemon,
                () -> {
                    List<String> answers = new ArrayList<>();
                    for (int count = 0; count < 4; count++) {
                        answers.add(Web.ask(client, address));
                    }
                    return answers;
                },
                servers);
    }

    private static void await(Daemon daemon, Supplier<List<String>> answers, Set<String> servers) {
        List<List<String>> seen = new ArrayList<>();
        Await.until(
                "requests are answered by " + servers,
                LIMIT,
                () -> {
                    seen.add(answers.get());
                    return new TreeSet<>(seen.getLast()).equals(servers);
                },
                () -> seen.getLast() + "\n" + daemon.log());
    }

    /// Small programs that speak SCTP, which Java needs a library for.
    private static final class Sctp {

        /// Says its name to whoever connects, and ends.
        static List<String> server(String address, String name) {
            String program =
                    """
                    import socket, sys
                    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
                    s.bind((sys.argv[1], 9))
                    s.listen(8)
                    while True:
                        c = s.accept()[0]
                        c.sendall(sys.argv[2].encode())
                        c.close()
                    """;
            return List.of("/usr/bin/python3", "-c", program, address, name);
        }

        /// What four associations in turn are told.
        static List<String> ask(Host host, String address) {
            String program =
                    """
                    import socket, sys
                    for n in range(4):
                        s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132)
                        s.settimeout(2)
                        try:
                            s.connect((sys.argv[1], 9))
                            print(s.recv(9).decode())
                        except OSError as e:
                            print(e)
                        s.close()
                    """;
            Ran ran = host.attempt("/usr/bin/python3", "-c", program, address);
            return ran.output().lines().toList();
        }
    }
}
