package holdfast.netlink.rt;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.util.Optional;

/// An address on an interface.
///
/// @param prefix the local address, with the length of the on-link prefix
/// @param peer the other end; the prefix length is then the peer's
/// @param scope `RT_SCOPE_*`, 0 for global
/// @param flags `IFA_F_*`
/// @param protocol who added it, `IFAPROT_*`; 0 for unknown, as on kernels before 5.18
/// @param preferredSeconds unsigned, [#FOREVER] for no limit
/// @param validSeconds unsigned, [#FOREVER] for no limit
public record InterfaceAddress(
        int index,
        IpPrefix prefix,
        Optional<IpAddress> peer,
        Optional<IpAddress> broadcast,
        Optional<String> label,
        int scope,
        int flags,
        int protocol,
        long preferredSeconds,
        long validSeconds) {

    public static final long FOREVER = 0xffff_ffffL;

    public static final int IFA_F_NODAD = 0x2;
    public static final int IFA_F_DADFAILED = 0x8;
    public static final int IFA_F_HOMEADDRESS = 0x10;
    public static final int IFA_F_DEPRECATED = 0x20;
    public static final int IFA_F_TENTATIVE = 0x40;
    public static final int IFA_F_PERMANENT = 0x80;
    public static final int IFA_F_MANAGETEMPADDR = 0x100;
    public static final int IFA_F_NOPREFIXROUTE = 0x200;
    public static final int IFA_F_MCAUTOJOIN = 0x400;

    /// A global address for ever, as most are.
    public static InterfaceAddress plain(int index, IpPrefix prefix) {
        return new InterfaceAddress(
                index,
                prefix,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                FOREVER,
                FOREVER);
    }

    public IpAddress address() {
        return prefix.address();
    }

    /// Whether the kernel still looks for another owner, so nothing can be sent from it.
    public boolean isTentative() {
        return (flags & IFA_F_TENTATIVE) != 0;
    }
}
