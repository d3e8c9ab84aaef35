package holdfast.lab.demo;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import holdfast.lab.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The hosts of the demonstration: a client in front of two directors, and three web servers behind
/// them.
final class Network {

    static final String SERVICE = "10.0.0.100";
    static final String ADDED = "10.0.0.101";
    static final int PORT = 80;
    static final int SERVERS = 3;

    private static final String GATEWAY = "10.0.1.1";

    final Wire front;
    final Wire back;
    final Host client;
    final Host lb1;
    final Host lb2;
    private final List<Host> webHosts = new ArrayList<>();
    private final List<Process> webServers = new ArrayList<>();

    Network(Lab lab) {
        front = lab.wire();
        back = lab.wire();
        client = lab.host("client").plug(front, "eth0", "10.0.0.10/24");
        lb1 = director(lab, "lb1", 1);
        lb2 = director(lab, "lb2", 2);
        for (int number = 1; number <= SERVERS; number++) {
            Host web = lab.host("web" + number).plug(back, "eth0", webAddress(number) + "/24");
            web.run("ip", "route", "add", "default", "via", GATEWAY);
            webHosts.add(web);
            webServers.add(serve(number));
        }
        webHosts.forEach(Network::awaitListener);
    }

    private Host director(Lab lab, String name, int number) {
        return lab.host(name)
                .plug(front, "eth0", "10.0.0.%d/24".formatted(number))
                .plug(back, "eth1", "10.0.1.%d/24".formatted(number + 1))
                .set("net.ipv4.ip_forward", "1");
    }

    static String webAddress(int number) {
        return "10.0.1.%d".formatted(10 + number);
    }

    static List<String> webNames() {
        return List.of("web1", "web2", "web3");
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
        return webHosts.get(number - 1)
                .start(
                        "web%d.log".formatted(number),
                        JavaProgram.command(
                                WebServer.class,
                                webAddress(number),
                                Integer.toString(PORT),
                                "web" + number));
    }

    private static void awaitListener(Host web) {
        Await.until(
                web.label() + " listens",
                Duration.ofSeconds(10),
                () -> web.run("ss", "-Hltn", "sport", "=", Integer.toString(PORT)).contains(":80"));
    }

    /// Takes a director off the air as a power cut does: no goodbye, no carrier.
    void cut(Host director) {
        front.unplug(director);
        back.unplug(director);
    }

    /// Powers a director up again; what it had in its kernel is gone.
    void power(Host director) {
        director.attempt("ip", "address", "flush", "dev", "eth0", "to", SERVICE + "/32");
        director.attempt("ip", "address", "flush", "dev", "eth1", "to", GATEWAY + "/32");
        front.replug(director);
        back.replug(director);
    }

    static Daemon daemon(Host director, int priority) {
        return Daemon.of(Software.HOLDFAST, director, configuration(director, priority, ""));
    }

    /// The configuration of a director; `more` is one more address of the service.
    static String configuration(Host director, int priority, String more) {
        var text = new StringBuilder();
        text.append(
                """
                global_defs {
                  router_id %s
                }
                vrrp_sync_group BOTH {
                  group {
                    FRONT
                    BACK
                  }
                }
                """
                        .formatted(director.label()));
        String addresses = more.isEmpty() ? SERVICE + "/24" : SERVICE + "/24\n    " + more + "/24";
        text.append(instance("FRONT", "eth0", 51, priority, addresses));
        text.append(instance("BACK", "eth1", 52, priority, GATEWAY + "/24"));
        text.append(
                """
                virtual_server %s %d {
                  delay_loop 1
                  lb_algo rr
                  lb_kind NAT
                  protocol TCP
                """
                        .formatted(SERVICE, PORT));
        for (int number = 1; number <= SERVERS; number++) {
            text.append(realServer(number));
        }
        return text.append("}\n").toString();
    }

    private static String instance(
            String name, String device, int vrid, int priority, String addresses) {
        return """
        vrrp_instance %s {
          state BACKUP
          interface %s
          virtual_router_id %d
          priority %d
          advert_int 1
          virtual_ipaddress {
            %s
          }
        }
        """
                .formatted(name, device, vrid, priority, addresses);
    }

    private static String realServer(int number) {
        return """
          real_server %s %d {
            weight 1
            HTTP_GET {
              url {
                path /
                status_code 200
              }
              connect_timeout 1
              retry 0
              delay_before_retry 1
            }
          }
        """
                .formatted(webAddress(number), PORT);
    }
}
