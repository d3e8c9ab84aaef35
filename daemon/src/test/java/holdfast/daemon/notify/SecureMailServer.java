package holdfast.daemon.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server that knows STARTTLS and, once encrypted, AUTH in one way.
final class SecureMailServer implements AutoCloseable {

    private static final String PASSWORD = "secret";

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> conversations = new LinkedBlockingQueue<>();
    private final SSLContext context;
    private final String way;

    /// @param keys as [#makeKeys] makes them
    /// @param way `PLAIN` or `LOGIN`
    SecureMailServer(Path keys, String way) throws IOException, GeneralSecurityException {
        this.way = way;
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /// Makes a certificate for a name, and beside it `NAME.pem` for those who trust it.
    static Path makeKeys(Path directory, String name, String subject) throws Exception {
        Path keys = directory.resolve(name + ".p12");
        run(
                directory,
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mx",
                        "-ext",
                        "san=" + subject,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD));
        run(
                directory,
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD,
                        "-file",
                        directory.resolve(name + ".pem").toString()));
        return keys;
    }

    private static void run(Path directory, List<String> words) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Path told = directory.resolve("keytool.txt");
        ProcessBuilder builder = new ProcessBuilder(tool.toString());
        builder.command().addAll(words);
        Process made = builder.redirectErrorStream(true).redirectOutput(told.toFile()).start();
        if (made.waitFor() != 0) {
            throw new IOException(Files.readString(told));
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /// What a client said, connection by connection; `(TLS)` where it was encrypted.
    BlockingQueue<String> conversations() {
        return conversations;
    }

    private void serve() {
        while (!socket.isClosed()) {
            StringBuilder heard = new StringBuilder();
            try (Socket client = socket.accept()) {
                converse(client, heard);
            } catch (IOException e) {
                heard.append("broken\n");
            }
            conversations.add(heard.toString());
        }
    }

    private void converse(Socket client, StringBuilder heard) throws IOException {
        Socket now = client;
        boolean letter = false;
        say(now, "220 mx ESMTP");
        for (String line = line(now); !line.isEmpty() || letter; line = line(now)) {
            heard.append(line).append('\n');
            if (letter) {
                letter = !line.equals(".");
                if (!letter) {
                    say(now, "250 queued");
                }
            } else if (line.startsWith("EHLO")) {
                say(
                        now,
                        "250-mx\r\n250-SIZE\r\n250 "
                                + (now == client ? "STARTTLS" : "AUTH " + way));
            } else if (line.equals("STARTTLS")) {
                say(now, "220 go on");
                now = encrypted(client);
                heard.append("(TLS)\n");
            } else if (line.equals("AUTH LOGIN")) {
                say(now, "334 VXNlcm5hbWU6");
                heard.append(line(now)).append('\n');
                say(now, "334 UGFzc3dvcmQ6");
                heard.append(line(now)).append('\n');
                say(now, "235 ok");
            } else if (line.startsWith("AUTH PLAIN ")) {
                say(now, "235 ok");
            } else if (line.equals("DATA")) {
                letter = true;
                say(now, "354 go on");
            } else {
                say(now, line.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private Socket encrypted(Socket client) throws IOException {
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(client, "", 0, false);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    /// Byte by byte: what comes after a line may be encrypted.
    private static String line(Socket from) throws IOException {
        InputStream in = from.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static void say(Socket to, String line) throws IOException {
        to.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
