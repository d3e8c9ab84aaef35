package holdfast.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/// A program that serves badly, in another way on each port.
public final class RudeServer {

    static final int SILENT = 9001;
    static final int GARBAGE = 9002;
    static final int DRIP = 9003;
    static final int RESET = 9004;
    static final int HANGS_UP = 9005;

    private static final String HEAD = "HTTP/1.0 200 OK\r\n\r\n";

    private RudeServer() {}

    /// Serves until it is killed.
    public static void main(String[] words) throws IOException {
        for (int port : new int[] {SILENT, GARBAGE, DRIP, RESET, HANGS_UP}) {
            ServerSocket listener = new ServerSocket(port);
            Thread.ofPlatform().start(() -> serve(listener));
        }
        System.out.println("listening");
    }

    private static void serve(ServerSocket listener) {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket, listener.getLocalPort()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void answer(Socket socket, int port) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            switch (port) {
                case SILENT -> in.readAllBytes();
                case GARBAGE -> {
                    say(out, "SSH-2.0-Rude\r\n");
                    in.readAllBytes();
                }
                case DRIP -> {
                    say(out, HEAD);
                    while (true) {
                        say(out, "x");
                        Thread.sleep(100);
                    }
                }
                case RESET -> {
                    in.read();
                    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                default -> in.read();
            }
        } catch (IOException e) {
            // The client has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
