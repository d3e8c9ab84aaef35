package holdfast.lab.equality;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A server that takes connections and ends them, however many come at once.
final class Listener {

    private static final int BACKLOG = 1024;

    private Listener() {}

    /// @param arguments the port
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        try (ServerSocket server =
                new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress())) {
            while (true) {
                server.accept().close();
            }
        }
    }
}
