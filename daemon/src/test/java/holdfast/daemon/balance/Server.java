package holdfast.daemon.balance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/// Says its name, and who asks, once for each byte it gets.
final class Server implements AutoCloseable {

    private final String name;
    private final ServerSocket listener;
    private final DatagramSocket datagrams;

    Server(Director director, String name, int port) {
        this.name = name;
        this.listener =
                director.at(
                        name,
                        () -> {
                            ServerSocket made = new ServerSocket();
                            made.setReuseAddress(true);
                            made.bind(new InetSocketAddress(port));
                            return made;
                        });
        this.datagrams = director.at(name, () -> new DatagramSocket(port));
        Thread.ofPlatform().daemon().start(this::accept);
        Thread.ofPlatform().daemon().start(this::answer);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> talk(socket));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            while (socket.getInputStream().read() >= 0) {
                String line = name + " " + peer(socket.getRemoteSocketAddress()) + "\n";
                socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // The client is gone.
        }
    }

    private static String peer(SocketAddress address) {
        InetAddress peer = ((InetSocketAddress) address).getAddress();
        return peer == null ? "nobody" : String.valueOf(peer.getHostAddress());
    }

    private void answer() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[64], 64);
                datagrams.receive(packet);
                packet.setData(name.getBytes(StandardCharsets.UTF_8));
                datagrams.send(packet);
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        datagrams.close();
    }
}
