package holdfast.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another Java virtual machine of a test, for what would be felt by the test's own.
final class ChildJvm implements AutoCloseable {

    final Process process;

    /// @param launcher words before `java`, such as a program that blocks signals
    ChildJvm(List<String> launcher, Class<?> main) throws Exception {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xrs", "-XX:+UseSerialGC", "-Xmx32m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        command.add(main.getName());
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// The next line it says, or what it said when it ended.
    String line() throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = process.getInputStream().read(); c != '\n' && c >= 0; ) {
            line.append((char) c);
            c = process.getInputStream().read();
        }
        return line.toString();
    }

    String rest() throws Exception {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static String classPath() throws URISyntaxException {
        String separator = System.getProperty("path.separator");
        Path module = place(Libc.class);
        return module.resolveSibling("test-classes")
                + separator
                + module
                + separator
                + place(holdfast.net.IpAddress.class);
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
