package holdfast.daemon.tls;

import holdfast.daemon.balance.AnyServer;
import holdfast.linux.Fd;
import holdfast.linux.Mailbox;
import holdfast.linux.SyscallException;
import holdfast.probe.TlsSpec.Credentials;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// What TLS needs for each kind of credentials, read from files once and kept until
/// [#forget].
///
/// Files are read and certificates understood by threads of their own, since that takes long for a
/// loop. All else is confined to the loop's thread.
public final class TlsContexts implements AutoCloseable {

    /// What came of reading the files.
    public sealed interface Made {

        record Context(SSLContext context) implements Made {}

        /// @param reason for people, with the name of the file
        record Refused(String reason) implements Made {}
    }

    private record Read(Credentials credentials, long generation, Made made) {}

    private static final int LETTERS_MAX = 1024;

    private final Mailbox<Read> done = new Mailbox<>(LETTERS_MAX);
    private final Map<Credentials, Optional<Made>> made = new HashMap<>();
    private long generation;

    public TlsContexts() throws SyscallException {}

    /// Readable when something may be there that was not before; then [#collect] is due.
    public Fd fd() {
        return done.fd();
    }

    /// What there is; empty while files are being read.
    public Optional<Made> ask(Credentials credentials) {
        Optional<Made> known = made.get(credentials);
        if (known != null) {
            return known;
        }
        if (credentials.equals(Credentials.NONE)) {
            Optional<Made> plain = Optional.of(make(credentials));
            made.put(credentials, plain);
            return plain;
        }
        made.put(credentials, Optional.empty());
        long asked = generation;
        Thread reader =
                new Thread(
                        () -> {
                            boolean unused =
                                    done.send(new Read(credentials, asked, make(credentials)));
                        },
                        "certificates");
        reader.setDaemon(true);
        reader.start();
        return Optional.empty();
    }

    /// Takes what the threads have read.
    public void collect() {
        for (Optional<Read> next = done.receive(); next.isPresent(); next = done.receive()) {
            Read read = next.get();
            if (read.generation() == generation) {
                made.put(read.credentials(), Optional.of(read.made()));
            }
        }
    }

    /// Has files read again when they are next needed.
    public void forget() {
        generation++;
        made.clear();
    }

    /// Speaks to any server, and says nothing of itself.
    public static SSLContext plain() {
        try {
            return context(Credentials.NONE);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("every Java has TLS", e);
        }
    }

    private static Made make(Credentials credentials) {
        try {
            return new Made.Context(context(credentials));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return new Made.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static SSLContext context(Credentials credentials)
            throws IOException, GeneralSecurityException {
        KeyManager[] keys = {};
        if (credentials.certificate().isPresent()) {
            keys =
                    new KeyManager[] {
                        Certificates.identity(
                                credentials.certificate().get(),
                                credentials.key(),
                                credentials.password(),
                                credentials.authorities())
                    };
        }
        TrustManager trusted =
                credentials.verifies()
                        ? new KnownServer(Certificates.authorities(credentials.trusted()))
                        : new AnyServer();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trusted}, null);
        return context;
    }

    @Override
    public void close() {
        done.close();
    }
}
