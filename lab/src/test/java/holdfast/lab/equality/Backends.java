package holdfast.lab.equality;

import holdfast.lab.Await;
import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What checks connect to: three servers that come and go, and the file that scripts read.
///
/// Confined to one thread.
final class Backends {

    static final int COUNT = 3;

    /// Has a server's weight come from the file in `{dir}`.
    static final String SCRIPT =
            """
            MISC_CHECK {
            misc_path "/bin/sh -c 'exit $(cat {dir}/status)'"
            misc_dynamic
            misc_timeout 5
            }""";

    private static final int FIRST_PORT = 8000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Host host;
    private final List<Process> processes = new ArrayList<>();

    Backends(Host host) {
        this.host = host;
        for (int number = 1; number <= COUNT; number++) {
            processes.add(begin(number));
        }
        weigh(0);
    }

    static int port(int number) {
        return FIRST_PORT + number;
    }

    void up(int number) {
        processes.set(number - 1, begin(number));
    }

    void down(int number) {
        Process process = processes.get(number - 1);
        process.destroyForcibly();
        process.onExit().join();
    }

    /// What scripts end with from now on.
    void weigh(int status) {
        host.lab().file("status", status + "\n");
    }

    private Process begin(int number) {
        String listening = "port " + port(number);
        Process process =
                host.start(
                        "backend.log",
                        JavaProgram.command(Listener.class, Integer.toString(port(number))));
        Await.until(
                listening + " listens",
                LIMIT,
                () -> host.run("ss", "-Hltn").contains(":" + port(number) + " "));
        return process;
    }
}
