package holdfast.daemon.balance;

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
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A server with a certificate that nobody has signed. Serves one connection after another.
final class TlsServer implements AutoCloseable {

    /// How the server ends a connection.
    enum Ending {
        /// Says so, and then waits for the client to say so.
        ORDERLY,
        ABRUPT
    }

    /// What a server does with a connection.
    @FunctionalInterface
    interface Manners {
        void serve(Socket socket) throws IOException;
    }

    private static final String PASSWORD = "secret";

    private final SSLContext context;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    TlsServer(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
    }

    static Path makeKeys(Path directory) throws IOException, InterruptedException {
        Path keys = directory.resolve("server.p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command =
                List.of(
                        tool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nobody.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD);
        Path told = directory.resolve("keytool.txt");
        Process made =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
        if (made.waitFor() != 0) {
            throw new IOException(Files.readString(told));
        }
        return keys;
    }

    int port() {
        return listener.getLocalPort();
    }

    /// What the next connection told of itself, in the order in which it did.
    String heard() throws InterruptedException {
        return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    }

    void serve(Manners manners) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            while (!listener.isClosed()) {
                                try (Socket socket = listener.accept()) {
                                    manners.serve(socket);
                                } catch (IOException e) {
                                    heard.add("broken: " + e.getMessage());
                                }
                            }
                        });
    }

    /// Shakes hands, notes the name asked for, reads a request, answers, and ends.
    Manners answering(String version, String answer, Ending ending) {
        return raw -> {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(raw, "", 0, false);
            socket.setUseClientMode(false);
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            InputStream in = socket.getInputStream();
            int count = in.read(new byte[1024]);
            heard.add(count > 0 ? names(socket) : "nothing asked");
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (ending == Ending.ORDERLY) {
                socket.shutdownOutput();
                heard.add(farewell(raw.getInputStream()));
            }
        };
    }

    private static String names(SSLSocket socket) {
        ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
        StringBuilder names = new StringBuilder("names");
        for (SNIServerName name : session.getRequestedServerNames()) {
            names.append(' ').append(new String(name.getEncoded(), StandardCharsets.UTF_8));
        }
        return names.toString();
    }

    /// Looks at the bare connection: Java takes its end for the end of TLS here.
    private static String farewell(InputStream in) {
        try {
            return in.readAllBytes().length > 0 ? "farewell" : "no farewell";
        } catch (IOException _) {
            return "no farewell";
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
