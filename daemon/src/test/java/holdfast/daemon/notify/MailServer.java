package holdfast.daemon.notify;

import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A mail server that takes everything, or one that accepts connections and says nothing.
final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final BlockingQueue<String> conversations = new LinkedBlockingQueue<>();

    private MailServer(ServerSocket socket) {
        this.socket = socket;
    }

    static MailServer mute() throws IOException {
        return new MailServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    }

    static MailServer start() throws IOException {
        MailServer server = mute();
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    Endpoint endpoint() {
        return new Endpoint(Ipv4Address.of(127, 0, 0, 1), socket.getLocalPort());
    }

    /// What a client said, connection by connection, once each is over.
    BlockingQueue<String> conversations() {
        return conversations;
    }

    private void serve() {
        while (true) {
            try (Socket client = socket.accept()) {
                conversations.add(converse(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static String converse(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder heard = new StringBuilder();
        say(client, "220-mx\r\n220 ready");
        boolean letter = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.append(line).append('\n');
            if (letter) {
                letter = !line.equals(".");
                if (!letter) {
                    say(client, "250 queued");
                }
            } else if (line.equals("DATA")) {
                letter = true;
                say(client, "354 go on");
            } else {
                say(client, line.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
        return heard.toString();
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
