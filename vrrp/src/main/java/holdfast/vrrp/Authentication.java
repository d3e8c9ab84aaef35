package holdfast.vrrp;

import holdfast.wire.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How adverts are authenticated.
public sealed interface Authentication {

    record None() implements Authentication {}

    /// Type 1 of RFC 2338: eight octets in the clear. Version 2 only.
    record Password(Secret secret) implements Authentication {

        static final int BYTES = 8;

        public Password {
            if (secret.length() != BYTES) {
                throw new IllegalArgumentException("a password has eight octets");
            }
        }

        /// @param octets the password; cut or zero-padded to eight octets
        public Password(byte[] octets) {
            this(new Secret(Arrays.copyOf(octets, BYTES)));
        }

        byte[] octets() {
            return secret.octets();
        }
    }

    /// Type 2 of RFC 2338: every packet carries a digest over itself that needs the password, and
    /// a number that never comes again (RFC 2402). Version 2 over IPv4 only.
    record AuthenticationHeader(Password password) implements Authentication {}

    /// A trailer behind every advert, with a time and a hash that needs a key. All versions and
    /// families.
    ///
    /// @param keys those that are believed
    /// @param activeKey the number of the one that is used to send
    /// @param window how far a time may be from ours
    /// @param checksTime whether it may not be farther; otherwise it only must grow
    record Hmac(List<HmacKey> keys, int activeKey, Mode mode, Duration window, boolean checksTime)
            implements Authentication {

        public enum Mode {
            /// Adverts without trailers do not count.
            ENFORCE,
            /// Adverts without trailers count too.
            PERMISSIVE,
            /// Like [#PERMISSIVE], and without trailers of our own.
            RECEIVE_ONLY
        }

        public Hmac {
            keys = List.copyOf(keys);
            if (keys.stream().noneMatch(key -> key.id() == activeKey)) {
                throw new IllegalArgumentException("no such key: " + activeKey);
            }
        }
    }
}
