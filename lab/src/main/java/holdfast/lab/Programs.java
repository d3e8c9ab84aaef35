package holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs other programs to their end.
final class Programs {

    private static final long SECONDS_MAX = 60;

    private Programs() {}

    /// Runs a program, whatever it comes to.
    static Ran attempt(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.from(devNull()))
                            .start();
            try (var killer = new Killer(process)) {
                killer.start();
                String output =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Ran(process.waitFor(), output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + String.join(" ", command), e);
        }
    }

    /// Runs a program that has to succeed, and returns what it wrote.
    static String run(List<String> command) {
        Ran ran = attempt(command);
        if (!ran.succeeded()) {
            throw new IllegalStateException(
                    "%s: exit %d: %s"
                            .formatted(
                                    String.join(" ", command), ran.exit(), ran.output().strip()));
        }
        return ran.output();
    }

    static String run(String... command) {
        return run(List.of(command));
    }

    static java.io.File devNull() {
        return new java.io.File("/dev/null");
    }

    /// Ends a program that takes too long, so that nothing here waits for ever.
    private static final class Killer implements AutoCloseable {

        private final Process process;
        private final Thread thread;

        Killer(Process process) {
            this.process = process;
            this.thread = Thread.ofVirtual().unstarted(this::watch);
        }

        void start() {
            thread.start();
        }

        private void watch() {
            try {
                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
