package holdfast.probe;

import holdfast.script.ScriptSpec;
import java.time.Duration;
import java.util.OptionalLong;

/// What one checker does when it is time. Each kind has its keyword in the configuration.
public sealed interface ProbeSpec {

    /// `TCP_CHECK`: a connection that opens is enough.
    record Tcp(Connection connection) implements ProbeSpec {}

    /// `HTTP_GET`: one URL of the checker's list a round, see [HttpSpec].
    record Http(Connection connection, HttpSpec http) implements ProbeSpec {}

    /// `SSL_GET`: the same over TLS.
    record Https(Connection connection, HttpSpec http, TlsSpec tls) implements ProbeSpec {
        public Https {
            if (http.urls().size() != tls.sessions().size()) {
                throw new IllegalArgumentException("each URL needs its TLS session");
            }
        }
    }

    /// `SMTP_CHECK`: a short conversation.
    ///
    /// @param heloName what we call ourselves
    record Smtp(Connection connection, String heloName) implements ProbeSpec {}

    /// `DNS_CHECK`: a question over UDP.
    record Dns(Connection connection, DnsSpec question) implements ProbeSpec {}

    /// `UDP_CHECK`: a datagram, and perhaps a reply.
    record Udp(Connection connection, UdpSpec udp) implements ProbeSpec {}

    /// `PING_CHECK`: an echo. The port of the target has no meaning.
    record Ping(Connection connection) implements ProbeSpec {}

    /// `MISC_CHECK`: a program's exit status.
    ///
    /// @param dynamic exit statuses 2 to 255 set the weight to status minus 2
    record Script(ScriptSpec script, Duration timeout, boolean dynamic) implements ProbeSpec {}

    /// `BFD_CHECK`: a session of BFD, by its name. It is told, not asked for.
    record Session(String name) implements ProbeSpec {}

    /// `FILE_CHECK`: a number in a file, which others write. It is told, not asked for.
    ///
    /// @param weight what each unit adds to the server's weight; 0 when another number than 0 is a
    ///     failure
    /// @param reverse takes away instead of adding, or makes 0 the failure
    record File(String path, int weight, boolean reverse) implements ProbeSpec {

        /// What this number adds to the weight; empty when it is a failure.
        public OptionalLong contribution(int number) {
            if (weight == 0) {
                return (number == 0) == reverse ? OptionalLong.empty() : OptionalLong.of(0);
            }
            long product = (long) weight * number;
            long added = reverse ? -product : product;
            return added <= Integer.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(added);
        }
    }
}
