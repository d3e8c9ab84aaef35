package holdfast.lab.equality;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.time.Duration;
import java.util.List;

/// What is in the kernel while a program runs, and after its stop, where somebody else has a
/// service, too.
record Flushing(Plane running, Plane stopped) {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OURS = "-t 10.7.1.1:80 -s rr";

    static Flushing of(Software software, String keyword) {
        try (Lab lab = Lab.open()) {
            Host host = lab.host("lb");
            host.run("ipvsadm", "-A", "-t", "192.0.2.1:80", "-s", "wrr");
            host.run("ipvsadm", "-a", "-t", "192.0.2.1:80", "-r", "192.0.2.2:80", "-m");
            String server = "real_server 10.8.0.1 80 {\n}\n}\n";
            String text =
                    "global_defs {\n"
                            + keyword
                            + "\n}\nvirtual_server 10.7.1.1 80 {\nlb_algo rr\n"
                            + "lb_kind NAT\nprotocol TCP\n"
                            + server;
            Daemon daemon = Daemon.start(software, host, text);
            List<String> rows = List.of("10.8.0.1:80 -m -w 1");
            Await.until(
                    "the service is there",
                    LIMIT,
                    () -> rows.equals(Plane.of(host).services().get(OURS)),
                    daemon::log);
            Plane running = Plane.of(host);
            daemon.stop();
            return new Flushing(running, Plane.of(host));
        }
    }
}
