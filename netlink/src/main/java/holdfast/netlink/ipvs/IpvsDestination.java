package holdfast.netlink.ipvs;

import holdfast.net.Endpoint;
import java.util.Arrays;
import java.util.Optional;

/// A real server under a service.
///
/// @param weight from 0
/// @param tunnelType `IP_VS_CONN_F_TUNNEL_TYPE_*`
/// @param tunnelPort of GUE
/// @param tunnelFlags `IP_VS_TUNNEL_ENCAP_FLAG_*`
/// @param upperThreshold connections, unsigned, 0 for no limit
/// @param lowerThreshold connections, unsigned, 0 for no limit
public record IpvsDestination(
        Endpoint endpoint,
        Method method,
        int weight,
        int tunnelType,
        int tunnelPort,
        int tunnelFlags,
        int upperThreshold,
        int lowerThreshold) {

    public static final int TUNNEL_IPIP = 0;
    public static final int TUNNEL_GUE = 1;
    public static final int TUNNEL_GRE = 2;
    public static final int CHECKSUM = 1;
    public static final int REMOTE_CHECKSUM = 2;

    /// How packets get there, with the number of `IP_VS_CONN_F_FWD_MASK`.
    public enum Method {
        MASQUERADE(0),
        LOCAL(1),
        TUNNEL(2),
        DIRECT(3),
        BYPASS(4);

        private final int number;

        Method(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static Optional<Method> of(int number) {
            return Arrays.stream(values()).filter(one -> one.number == number).findFirst();
        }
    }
}
