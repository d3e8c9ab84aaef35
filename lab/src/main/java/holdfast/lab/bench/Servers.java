package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Host;
import holdfast.lab.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Servers that accept connections and close them. Those on ports of their own die, one after the
/// other, right after a connection; each writes down when.
public final class Servers {

    static final String READY = "ready";
    static final String DEATH = "death ";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BACKLOG = 4096;

    /// Two of them seldom die at once.
    private static final int BETWEEN_MILLIS = 150;

    private static final int FIRST_DEATH_MILLIS = 8000;

    private Servers() {}

    /// Starts them in a host, and returns when they listen.
    ///
    /// @param mortals how many die
    static void start(Host host, int port, int mortals) {
        List<String> command =
                JavaProgram.command(
                        Servers.class, Integer.toString(port), Integer.toString(mortals));
        Process unused = host.start("servers.log", command);
        Await.until(
                "the servers listen", PATIENCE, () -> log(host).contains(READY), () -> log(host));
    }

    /// @param arguments the port of those that live, and how many on the ports behind it die
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int mortals = Integer.parseInt(arguments[1]);
        Selector selector = Selector.open();
        listen(selector, port, Instant.MAX);
        Instant first = Instant.now().plusMillis(FIRST_DEATH_MILLIS);
        for (int i = 1; i <= mortals; i++) {
            listen(selector, port + i, first.plus(Duration.ofMillis((long) i * BETWEEN_MILLIS)));
        }
        System.out.println(READY);
        while (true) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                serve((ServerSocketChannel) key.channel(), (Instant) key.attachment());
            }
            selector.selectedKeys().clear();
        }
    }

    private static void listen(Selector selector, int port, Instant dies) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("0.0.0.0", port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT, dies);
    }

    private static void serve(ServerSocketChannel listener, Instant dies) throws IOException {
        int port = listener.socket().getLocalPort();
        boolean served = false;
        for (SocketChannel one = listener.accept(); one != null; one = listener.accept()) {
            one.close();
            served = true;
        }
        if (served && Instant.now().isAfter(dies)) {
            listener.close();
            System.out.println(DEATH + port + " " + Instant.now());
        }
    }

    /// What they have written in a host.
    static String log(Host host) {
        try {
            return Files.readString(host.lab().directory().resolve("servers.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
