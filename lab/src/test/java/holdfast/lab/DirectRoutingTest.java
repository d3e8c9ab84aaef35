package holdfast.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Servers that answer their clients themselves, with the packet filter of this kernel.
@Tag("lab")
class DirectRoutingTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SERVICE = "10.0.0.10";
    private static final String GLOBAL = "global_defs {\n  lvs_backend nftables\n}\n";

    @Test
    void requestsAreSharedAndADeadServerIsLeftOut() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 2);
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
            Web.kill(director.webs.getFirst());
            director.awaitAnswers(daemon, SERVICE, Set.of("rs2"));
            director.webs.set(0, Web.start(director.servers.getFirst(), "0.0.0.0", 80));
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1", "rs2"));
            daemon.stop();
            assertEquals("", Web.ask(director.client, SERVICE));
            assertFalse(director.lb.run("nft", "list", "tables").contains("holdfast"));
        }
    }

    /// A router says that what a server sent was too large: the server has to know.
    @Test
    void errorsReachTheServerThatTheyAreAbout() {
        try (Lab lab = Lab.open()) {
            var director = new Director(lab, 1);
            Daemon daemon = start(director);
            director.awaitAnswers(daemon, SERVICE, Set.of("rs1"));
            String complain =
                    """
                    import socket, struct
                    c = socket.create_connection(("10.0.0.10", 80), 2)
                    port = c.getsockname()[1]
                    vip, me = socket.inet_aton("10.0.0.10"), socket.inet_aton("10.0.0.99")
                    head = (0x45, 0, 1500, 7, 0x4000, 60, 6, 0, vip, me)
                    inner = struct.pack("!BBHHHBBH4s4s", *head)
                    inner += struct.pack("!HHI", 80, port, 1)
                    body = struct.pack("!HHHH", 0x0304, 0, 0, 1300) + inner
                    total = sum(struct.unpack("!%dH" % (len(body) // 2), body))
                    total = (total & 0xffff) + (total >> 16)
                    total = (total & 0xffff) + (total >> 16)
                    body = body[:2] + struct.pack("!H", total ^ 0xffff) + body[4:]
                    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
                    s.sendto(body, ("10.0.0.10", 0))
                    """;
            Host server = director.servers.getFirst();
            String before = unreachable(server);
            Await.until(
                    "the server hears of it",
                    LIMIT,
                    () -> {
                        director.client.run("/usr/bin/python3", "-c", complain);
                        return !unreachable(server).equals(before);
                    },
                    () -> director.rules() + daemon.log());
        }
    }

    /// How often it was told that a packet of its own did not arrive.
    private static String unreachable(Host server) {
        List<String> lines = server.run("cat", "/proc/net/snmp").lines().toList();
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).startsWith("Icmp:")) {
                List<String> names = List.of(lines.get(line - 1).split(" "));
                int column = names.indexOf("InDestUnreachs");
                if (column >= 0) {
                    return lines.get(line).split(" ")[column];
                }
            }
        }
        throw new AssertionError(lines);
    }

    private static Daemon start(Director director) {
        String service = Director.service(SERVICE, "DR", "10.0.0", director.servers.size());
        return Daemon.start(Software.HOLDFAST, director.lb, GLOBAL + service);
    }
}
