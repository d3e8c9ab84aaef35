package holdfast.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The program as a process, in a network namespace of its own with the interface `eth0`.
final class Daemon implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private static final String NETWORK =
            "ip link add eth0 type veth peer name eth1"
                    + " && ip link set eth0 up && ip link set eth1 up"
                    + " && ip addr add 192.0.2.1/24 dev eth0 && exec \"$@\"";

    private final Process process;
    private final Path output;

    private Daemon(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// @param directory where temporary files and the output go
    static Daemon start(Path directory, List<String> arguments, String... environment)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", NETWORK, "sh"));
        argv.add("env");
        argv.add("--block-signal=HUP,INT,TERM,USR1,USR2,CHLD,XCPU,RTMIN+2,RTMAX-1,RTMAX");
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-Xrs", "-ea", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        argv.addAll(ourselves());
        argv.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", "");
        ProcessBuilder builder =
                new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("_JAVA_SR_SIGNUM", "62");
        builder.environment().put("TMPDIR", directory.toString());
        builder.environment().remove("NOTIFY_SOCKET");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return new Daemon(builder.start(), output);
    }

    /// Starts the program the way the tests were started: as modules, or from the class path.
    private static List<String> ourselves() {
        String modules = System.getProperty("jdk.module.path", "");
        return modules.isEmpty()
                ? List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                : List.of(
                        "--enable-native-access=holdfast.linux",
                        "-p",
                        modules,
                        "-m",
                        "holdfast.daemon/" + Main.class.getName());
    }

    void signal(int number) throws Exception {
        new ProcessBuilder("kill", "-" + number, Long.toString(process.pid())).start().waitFor();
    }

    /// Waits until the output holds a text so often.
    void says(String text, int times) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (count(text) < times) {
            boolean alive = process.isAlive();
            if ((!alive && count(text) < times) || System.nanoTime() > until) {
                fail("not said " + times + " times: " + text + "\n" + output());
            }
            Thread.sleep(10);
        }
    }

    private int count(String text) throws IOException {
        return output().split(Pattern.quote(text), -1).length - 1;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    long pid() {
        return process.pid();
    }

    /// Waits for the end by itself.
    int exitStatus() throws Exception {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), output());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
