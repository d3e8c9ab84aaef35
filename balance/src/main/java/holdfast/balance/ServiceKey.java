package holdfast.balance;

import holdfast.net.Endpoint;
import holdfast.net.Family;

/// What makes a virtual service the same one across reloads, and names it in the kernel.
public sealed interface ServiceKey {

    Family family();

    /// @param endpoint port 0 for every port
    record Address(Protocol protocol, Endpoint endpoint) implements ServiceKey {
        @Override
        public Family family() {
            return endpoint.address().family();
        }

        /// `[192.0.2.1]:tcp:80`, the form of FIFOs and mails.
        @Override
        public String toString() {
            return "[" + endpoint.address() + "]:" + protocol.word() + ":" + endpoint.port();
        }
    }

    /// @param mark the firewall mark, never 0
    record Mark(int mark, Family family) implements ServiceKey {
        /// `FWM 7`.
        @Override
        public String toString() {
            return "FWM " + Integer.toUnsignedString(mark);
        }
    }
}
