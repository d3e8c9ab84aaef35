package holdfast.netlink.ipvs;

import holdfast.net.IpAddress;
import java.util.Arrays;
import java.util.Optional;

/// A thread of the kernel that sends, or hears, the connections of another director.
///
/// @param syncMaxBytes of a datagram; 0 for the kernel's choice
/// @param port 0 for the kernel's choice
/// @param ttl 0 for the kernel's choice
public record IpvsDaemon(
        Role role,
        String interfaceName,
        int syncId,
        int syncMaxBytes,
        Optional<IpAddress> group,
        int port,
        int ttl) {

    /// With the bit that stands for it (`IP_VS_STATE_MASTER`, `IP_VS_STATE_BACKUP`).
    public enum Role {
        MASTER(1),
        BACKUP(2);

        private final int number;

        Role(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static Optional<Role> of(int number) {
            return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
        }
    }
}
