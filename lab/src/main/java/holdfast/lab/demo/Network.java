package holdfast.lab.demo;

import holdfast.lab.Await;
import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import holdfast.lab.Lab;
import holdfast.lab.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The hosts of the demonstration: a client in front of two directors, and three web servers behind
/// them.
final class Network {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    final Host client;
    final Host director1;
    final Host director2;
    private final Wire front;
    private final Wire back;
    private final List<Host> webHosts = new ArrayList<>();
    private final List<Process> webServers = new ArrayList<>();

    Network(Lab lab) {
        front = lab.wire();
        back = lab.wire();
        client = lab.host("client").plug(front, "eth0", "10.0.0.10/24");
        director1 = director(lab, 1);
        director2 = director(lab, 2);
        for (int number = 1; number <= Site.SERVERS; number++) {
            Host web = lab.host("web" + number);
            web.plug(back, "eth0", Site.webAddress(number) + "/24");
            web.run("ip", "route", "add", "default", "via", Site.GATEWAY);
            webHosts.add(web);
            webServers.add(serve(number));
        }
        for (int number = 1; number <= Site.SERVERS; number++) {
            awaitListener(number);
        }
        awaitCarrier(director1);
        awaitCarrier(director2);
    }

    private Host director(Lab lab, int number) {
        return lab.host("director" + number)
                .plug(front, "eth0", frontAddress(number) + "/24")
                .plug(back, "eth1", "10.0.1.%d/24".formatted(1 + number))
                .set("net.ipv4.ip_forward", "1");
    }

    static String frontAddress(int number) {
        return "10.0.0." + number;
    }

    void killWebServer(int number) {
        Process server = webServers.get(number - 1);
        server.destroyForcibly();
        server.onExit().join();
    }

    void startWebServer(int number) {
        webServers.set(number - 1, serve(number));
    }

    private Process serve(int number) {
        String name = "web" + number;
        return webHosts.get(number - 1)
                .start(
                        name + ".log",
                        JavaProgram.command(
                                WebServer.class,
                                Site.webAddress(number),
                                Integer.toString(Site.PORT),
                                name));
    }

    private void awaitListener(int number) {
        Host web = webHosts.get(number - 1);
        Await.until(
                web.label() + " listens",
                LIMIT,
                () -> web.run("ss", "-Hltn").contains(":" + Site.PORT + " "));
    }

    /// Takes a director off the air as a power cut does: no carrier on any cable.
    void unplug(Host director) {
        front.unplug(director);
        back.unplug(director);
    }

    /// Gives a director its cables back; what it had in its kernel is gone, as after a boot.
    void boot(Host director) {
        director.attempt("ip", "address", "flush", "dev", "eth0", "to", Site.VIP + "/32");
        director.attempt("ip", "address", "flush", "dev", "eth1", "to", Site.GATEWAY + "/32");
        director.attempt("nft", "flush", "ruleset");
        front.replug(director);
        back.replug(director);
        awaitCarrier(director);
    }

    /// The kernel says some time after the plugging that a cable works.
    private static void awaitCarrier(Host director) {
        for (String device : List.of("eth0", "eth1")) {
            Await.until(
                    director.label() + " has carrier on " + device,
                    LIMIT,
                    () -> director.run("ip", "-o", "link", "show", device).contains(" state UP "));
        }
    }
}
