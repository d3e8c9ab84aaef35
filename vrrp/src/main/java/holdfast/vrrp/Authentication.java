package holdfast.vrrp;

import java.util.Arrays;

/// How adverts are authenticated.
public sealed interface Authentication {

    record None() implements Authentication {}

    /// Type 1 of RFC 2338: eight octets in the clear. Version 2 only. Never printed.
    final class Password implements Authentication {

        static final int BYTES = 8;

        private final byte[] octets;

        /// @param octets the password; cut or zero-padded to eight octets
        public Password(byte[] octets) {
            this.octets = Arrays.copyOf(octets, BYTES);
        }

        byte[] octets() {
            return octets.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Password that && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Password[********]";
        }
    }

    /// Type 2 of RFC 2338: every packet carries a digest over itself that needs the password, and
    /// a number that never comes again (RFC 2402). Version 2 over IPv4 only.
    record AuthenticationHeader(Password password) implements Authentication {}
}
