package holdfast.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Sends requests at a steady pace, each on a connection of its own, and prints how each of them
/// ended.
///
/// A line for each: when it was sent in microseconds, how long it took in microseconds, and who
/// answered, or `-` when nobody did.
public final class Client {

    private static final int PATIENCE_MILLIS = 1000;
    private static final byte[] QUESTION =
            "GET / HTTP/1.1\r\nHost: holdfast\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private Client() {}

    /// @param arguments the address and the port to ask, and how often a second
    public static void main(String[] arguments) {
        var server =
                new InetSocketAddress(
                        InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
        Duration pace = Duration.ofSeconds(1).dividedBy(Integer.parseInt(arguments[2]));
        long next = System.nanoTime();
        while (true) {
            Thread.ofVirtual().start(() -> ask(server));
            next += pace.toNanos();
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static void ask(InetSocketAddress server) {
        Instant sent = Instant.now();
        String by = answer(server, sent);
        long took = micros(Instant.now()) - micros(sent);
        System.out.println("%d %d %s".formatted(micros(sent), took, by));
    }

    private static String answer(InetSocketAddress server, Instant sent) {
        try (var connection = new Socket()) {
            connection.connect(server, PATIENCE_MILLIS);
            long waited = Duration.between(sent, Instant.now()).toMillis();
            connection.setSoTimeout(Math.toIntExact(Math.max(1, PATIENCE_MILLIS - waited)));
            connection.getOutputStream().write(QUESTION);
            var answer =
                    new String(
                            connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
            return answer.startsWith("HTTP/1.1 200") && !body.isEmpty() ? body : "-";
        } catch (IOException e) {
            return "-";
        }
    }

    private static long micros(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos() / 1000;
    }
}
