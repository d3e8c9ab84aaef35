package holdfast.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// Servers that behave badly, each in its own way, on a port of its own. Run in a host of a lab.
final class RudeServers {

    /// Over TCP.
    static final int MUTE = 2601;

    static final int DRIPPING = 2602;
    static final int RESETTING = 2603;
    static final int REFUSING_WORDS = 2604;
    static final int RAVING = 2605;

    /// Nobody listens, over TCP or UDP.
    static final int CLOSED = 2606;

    /// Over UDP.
    static final int ECHO = 5401;

    static final int DEAF = 5402;
    static final int WRONG_IDS = 5403;
    static final int NOISE = 5404;
    static final int LATE = 5405;
    static final int COUNTED = 5406;
    static final int ECHO_TOO = 5407;

    static final String READY = "all are rude now";

    private static final long DRIP_NANOS = 100_000_000;
    private static final long LATE_NANOS = 5_000_000_000L;

    private interface Manner {
        void treat(Socket client) throws IOException;
    }

    private interface Answer {
        /// Null for none.
        byte[] to(byte[] question, int turn);
    }

    private RudeServers() {}

    /// The command that starts them all.
    static String[] command() {
        return JavaProgram.command(RudeServers.class).toArray(String[]::new);
    }

    public static void main(String[] arguments) throws IOException {
        listen(MUTE, _ -> LockSupport.park());
        listen(DRIPPING, RudeServers::drip);
        listen(
                RESETTING,
                client -> {
                    write(client, "220 come in\r\n");
                    client.getInputStream().read(new byte[10]);
                    client.setSoLinger(true, 0);
                });
        listen(REFUSING_WORDS, client -> write(client, "554 go away\r\n"));
        listen(RAVING, client -> write(client, "x".repeat(100_000)));
        hear(ECHO, 1, (question, _) -> question);
        hear(ECHO_TOO, 1, (question, _) -> question);
        hear(DEAF, 0, (question, _) -> question);
        hear(WRONG_IDS, 20, (question, turn) -> answer(question, (byte) (turn + 1)));
        hear(NOISE, 3, (_, turn) -> new byte[turn * 5]);
        hear(
                LATE,
                1,
                (question, _) -> {
                    LockSupport.parkNanos(LATE_NANOS);
                    return answer(question, (byte) 0);
                });
        hear(
                COUNTED,
                1,
                (question, _) -> {
                    System.out.println("counted");
                    return question;
                });
        System.out.println(READY);
    }

    private static void listen(int port, Manner manner) throws IOException {
        ServerSocket server = new ServerSocket(port);
        Thread.ofPlatform()
                .start(
                        () -> {
                            while (true) {
                                Socket client = accept(server);
                                Thread.ofVirtual().start(() -> treat(client, manner));
                            }
                        });
    }

    private static Socket accept(ServerSocket server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void treat(Socket client, Manner manner) {
        try (client) {
            manner.treat(client);
        } catch (IOException _) {
            // It had enough of this.
        }
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// A greeting that never comes to its end.
    private static void drip(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        while (true) {
            out.write("220-so much to say\r\n".getBytes(StandardCharsets.US_ASCII));
            LockSupport.parkNanos(DRIP_NANOS);
        }
    }

    private static void hear(int port, int answers, Answer answer) throws IOException {
        DatagramSocket socket = new DatagramSocket(port);
        Thread.ofPlatform().start(() -> hear(socket, answers, answer));
    }

    private static void hear(DatagramSocket socket, int answers, Answer answer) {
        DatagramPacket heard = new DatagramPacket(new byte[2000], 2000);
        while (true) {
            try {
                socket.receive(heard);
                byte[] question = Arrays.copyOf(heard.getData(), heard.getLength());
                InetAddress asker = heard.getAddress();
                for (int turn = 0; turn < answers; turn++) {
                    byte[] said = answer.to(question, turn);
                    socket.send(new DatagramPacket(said, said.length, asker, heard.getPort()));
                }
            } catch (IOException _) {
                // Whoever asked is gone.
            }
        }
    }

    /// An answer without an error to a question of DNS, or to one whose number differs by this.
    private static byte[] answer(byte[] question, byte difference) {
        byte[] said = question.clone();
        said[0] ^= difference;
        said[2] |= (byte) 0x80;
        return said;
    }
}
