package holdfast.netlink.rt;

import holdfast.net.MacAddress;
import java.util.HexFormat;
import java.util.Optional;

/// A network interface as the kernel describes it.
///
/// @param hardwareType `ARPHRD_*`
/// @param flags `IFF_*`
/// @param carrier whether the medium is there; true when the kernel does not say
/// @param mac empty where link-layer addresses are not six octets
/// @param infiniband the link-layer addresses where they have twenty
/// @param kind for example `macvlan`, `vlan`, `vrf`; empty for most physical ones
/// @param master index of the bridge, bond or VRF it belongs to; 0 for none
/// @param parent index of the link it sits on; 0 for none
/// @param parentElsewhere the parent's index counts in another network namespace
/// @param table of routes, if it is a VRF; 0 for others
/// @param group the number of the group of links that it is in
/// @param mode of a macvlan (`MACVLAN_MODE_*`), or of an ipvlan, with its flags above the lower 16
///     bits; 0 for others
public record Link(
        int index,
        String name,
        int hardwareType,
        int flags,
        OperState operState,
        boolean carrier,
        int mtu,
        Optional<MacAddress> mac,
        Optional<Infiniband> infiniband,
        Optional<String> kind,
        int master,
        int parent,
        boolean parentElsewhere,
        int table,
        int group,
        int mode) {

    public static final int MACVLAN_MODE_PRIVATE = 1;
    public static final int IPVLAN_F_PRIVATE = 0x1 << 16;
    public static final int IPVLAN_F_VEPA = 0x2 << 16;

    /// Link-layer addresses of IP over InfiniBand, in hexadecimal, which unlike arrays can be
    /// compared.
    ///
    /// @param own that of the interface
    /// @param broadcast that of all on its link
    public record Infiniband(String own, String broadcast) {

        private static final int HARDWARE_TYPE = 32;
        private static final int BYTES = 20;

        static Optional<Infiniband> of(int hardwareType, byte[] own, byte[] broadcast) {
            boolean is =
                    hardwareType == HARDWARE_TYPE
                            && own.length == BYTES
                            && broadcast.length == BYTES;
            HexFormat hex = HexFormat.of();
            return is
                    ? Optional.of(new Infiniband(hex.formatHex(own), hex.formatHex(broadcast)))
                    : Optional.empty();
        }
    }

    public static final int IFF_UP = 0x1;
    public static final int IFF_LOOPBACK = 0x8;
    public static final int IFF_POINTOPOINT = 0x10;
    public static final int IFF_RUNNING = 0x40;
    public static final int IFF_NOARP = 0x80;
    public static final int IFF_MULTICAST = 0x1000;

    /// Whether it is of this kind.
    public boolean is(String kindName) {
        return kind.isPresent() && kind.get().equals(kindName);
    }

    /// Whether an administrator has set it up.
    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }

    /// Whether it also works.
    public boolean isRunning() {
        return (flags & IFF_RUNNING) != 0;
    }
}
