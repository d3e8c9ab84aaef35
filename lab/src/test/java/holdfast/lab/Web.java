package holdfast.lab;

import java.time.Duration;
import java.util.List;

/// A web server of a test, whose one page is the name of its host.
final class Web {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Web() {}

    /// Returns when it listens; killing the process ends it.
    static Process start(Host host, String address, int port) {
        String page = host.label() + "/www/index.html";
        host.lab().file(page, host.label() + "\n");
        String listening = address + ":" + port;
        Process server =
                host.start(
                        host.label() + "/www.log",
                        List.of(
                                "busybox",
                                "httpd",
                                "-f",
                                "-p",
                                listening,
                                "-h",
                                host.lab().directory().resolve(host.label(), "www").toString()));
        Await.until(
                listening + " answers",
                LIMIT,
                () -> host.attempt("curl", "-sf", "-m", "1", "http://" + listening).succeeded());
        return server;
    }

    static void kill(Process server) {
        server.destroyForcibly();
        server.onExit().join();
    }

    /// What is answered at an address; empty when nothing is.
    static String ask(Host host, String address) {
        Ran ran = host.attempt("curl", "-sf", "-m", "2", "http://" + address + "/");
        return ran.succeeded() ? ran.output().strip() : "";
    }
}
