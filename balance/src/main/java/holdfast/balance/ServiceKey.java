package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.net.Family;
import org.jspecify.annotations.Nullable;

/// What makes a virtual server the same one across reloads, and names it to people.
public sealed interface ServiceKey {

    /// A service of the data plane. A virtual server is one of them, or a group of them.
    sealed interface Single extends ServiceKey {
        Family family();
    }

    /// @param endpoint port 0 for every port
    record Address(Protocol protocol, Endpoint endpoint) implements Single {
        @Override
        public Family family() {
            return endpoint.address().family();
        }

        // Written out: a key of many maps, which what a record brings along makes dear.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Address that
                    && protocol == that.protocol
                    && endpoint.equals(that.endpoint);
        }

        @Override
        public int hashCode() {
            return 31 * endpoint.hashCode() + protocol.number();
        }

        /// `[192.0.2.1]:tcp:80`, the form of FIFOs and mails.
        @Override
        public String toString() {
            return "[" + endpoint.address() + "]:" + protocol.word() + ":" + endpoint.port();
        }
    }

    /// @param mark the firewall mark, never 0
    record Mark(int mark, Family family) implements Single {
        /// `FWM 7`.
        @Override
        public String toString() {
            return "FWM " + Integer.toUnsignedString(mark);
        }
    }

    /// All members of a `virtual_server_group` together.
    ///
    /// @param number from 0, which of the virtual servers of this group it is
    record Group(String name, int number, Protocol protocol) implements ServiceKey {
        /// `[web]:0`.
        @Override
        public String toString() {
            return "[" + name + "]:" + number;
        }
    }
}
