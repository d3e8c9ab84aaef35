package holdfast.balance;

/// An IPVS scheduler with its flags.
///
/// @param name as IPVS knows it, for example `wrr`
/// @param flags scheduler flags 1 to 3 as bits 0 to 2
/// @param onePacket each datagram is scheduled anew
public record Scheduler(String name, int flags, boolean onePacket) {

    public static Scheduler plain(String name) {
        return new Scheduler(name, 0, false);
    }
}
