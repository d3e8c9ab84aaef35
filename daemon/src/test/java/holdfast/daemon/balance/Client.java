package holdfast.daemon.balance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// An open connection to a service.
final class Client implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3000;

    private final Socket socket;
    private final BufferedReader reader;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.reader =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    static Client connect(Director director, String from, String address, int port) {
        return director.at(
                from,
                () -> {
                    Socket socket = new Socket();
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
                    return new Client(socket);
                });
    }

    /// The name of the server, and what it sees of us.
    String ask() {
        try {
            socket.getOutputStream().write('?');
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// How often each server answered, in so many connections.
    static Map<String, Integer> tally(
            Director director, String from, String address, int port, int connections) {
        Map<String, Integer> tally = new TreeMap<>();
        for (int i = 0; i < connections; i++) {
            try (Client client = connect(director, from, address, port)) {
                tally.merge(client.ask().split(" ")[0], 1, Integer::sum);
            }
        }
        return tally;
    }

    /// Who answers a datagram from a new port.
    static String askByDatagram(Director director, String address, int port) {
        return director.at(
                "client",
                () -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                        socket.setSoTimeout(PATIENCE_MILLIS);
                        InetSocketAddress to = new InetSocketAddress(address, port);
                        socket.send(new DatagramPacket(new byte[1], 1, to));
                        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
                        socket.receive(answer);
                        return new String(
                                answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
                    }
                });
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
