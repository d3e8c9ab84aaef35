package holdfast.balance;

/// How packets reach a real server.
public sealed interface Forwarding {

    record Nat() implements Forwarding {}

    /// Direct routing: the frame is sent on as it is.
    record DirectRouting() implements Forwarding {}

    /// @param port of GUE; 0 otherwise
    record Tunnel(Kind kind, int port, Checksum checksum) implements Forwarding {
        public enum Kind {
            IPIP,
            GUE,
            GRE
        }

        public enum Checksum {
            NONE,
            FULL,
            REMOTE
        }
    }
}
