package holdfast.probe;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an HTTP check asks, and what it takes for a good answer.
///
/// @param urls asked in turn; never empty
/// @param fastRecovery no waiting between URLs while the server is not yet known to be up
/// @param limit for all of a check, if it is not the usual one, see [Patience]
public record HttpSpec(
        Protocol protocol, List<Url> urls, boolean fastRecovery, Optional<Duration> limit) {

    /// The request line's version, and whether `Connection: close` is sent.
    public enum Protocol {
        HTTP_1_0,
        HTTP_1_0_CLOSE,
        HTTP_1_1
    }

    public HttpSpec {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("an HTTP check needs a URL");
        }
    }

    /// @param host the Host header; empty for the address and port connected to
    /// @param statusCodes accepted statuses, 100 to 599
    /// @param digest MD5 of the body in lower-case hexadecimal
    public record Url(
            String path,
            Optional<String> host,
            BitSet statusCodes,
            Optional<String> digest,
            Optional<BodyMatch> body) {

        public Url {
            statusCodes = (BitSet) statusCodes.clone();
        }

        @Override
        public BitSet statusCodes() {
            return (BitSet) statusCodes.clone();
        }
    }

    /// A pattern that must, or must not, occur in the body.
    ///
    /// @param from the first octet of the body where it may start
    /// @param last the last one
    /// @param effort what looking for it may cost
    public record BodyMatch(
            String pattern,
            Set<RegexOption> options,
            boolean wanted,
            int from,
            int last,
            Regex.Effort effort) {

        public BodyMatch {
            options = Set.copyOf(options);
            Regex unused = Regex.of(pattern, options);
        }

        /// Anywhere in the body, with the usual effort.
        public static BodyMatch of(String pattern, boolean wanted) {
            return new BodyMatch(
                    pattern, Set.of(), wanted, 0, Integer.MAX_VALUE, Regex.Effort.USUAL);
        }

        Regex regex() {
            return Regex.of(pattern, options);
        }
    }
}
