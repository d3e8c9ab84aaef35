package holdfast.lab.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A web server that answers every request with its name.
public final class WebServer {

    private static final int BACKLOG = 100;
    private static final int SILENCE_MILLIS_MAX = 2000;

    private WebServer() {}

    /// @param arguments its address, its port, and its name
    public static void main(String[] arguments) throws IOException {
        InetAddress address = InetAddress.ofLiteral(arguments[0]);
        try (var listener = new ServerSocket(Integer.parseInt(arguments[1]), BACKLOG, address)) {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> answer(connection, arguments[2]));
            }
        }
    }

    private static void answer(Socket connection, String name) {
        try (connection) {
            connection.setSoTimeout(SILENCE_MILLIS_MAX);
            var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.US_ASCII));
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) {
                line = reader.readLine();
            }
            String answer =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
                                    .formatted(name.length())
                            + "Connection: close\r\n\r\n"
                            + name;
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Whoever asked has gone, and knows it.
        }
    }
}
