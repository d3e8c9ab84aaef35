package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Asks drivers of network interfaces whether there is a link.
///
/// Each question gives 1 for yes, 0 for no, or a negated error: [Errno#EOPNOTSUPP] and others where
/// the driver cannot tell. In the network namespace where it was opened. Confined to one thread.
public final class LinkProbe implements AutoCloseable {

    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCETHTOOL = 0x8946;
    private static final int SIOCGMIIPHY = 0x8947;
    private static final int SIOCGMIIREG = 0x8948;

    /// linux/ethtool.h.
    private static final int ETHTOOL_GLINK = 0xa;

    static final int ETHTOOL_VALUE_BYTES = 8;

    /// linux/mii.h: the basic status register, and its bit for the link.
    private static final int MII_BMSR = 1;

    private static final int BMSR_LSTATUS = 0x4;

    /// struct mii_ioctl_data: phy_id, reg_num, val_in, val_out.
    static final int MII_REGISTER_OFFSET = 2;

    static final int MII_OUT_OFFSET = 6;

    private static final int REQUEST = 0;
    private static final int DATA = REQUEST + Interfaces.NAME_BYTES;
    private static final int VALUE = 64;

    private final Memory memory = new Memory(VALUE + ETHTOOL_VALUE_BYTES);
    private final Fd fd;

    private LinkProbe(Fd fd) {
        this.fd = fd;
    }

    public static LinkProbe open() throws SyscallException {
        int type = SOCK_DGRAM | SOCK_CLOEXEC;
        return new LinkProbe(Fd.made("open a socket", Libc.here().socket(AF_INET, type, 0)));
    }

    /// Asks the transceiver.
    public int mii(String name) {
        int found = ask(name, SIOCGMIIPHY);
        if (found < 0) {
            return found;
        }
        memory.view().putShort(DATA + MII_REGISTER_OFFSET, (short) MII_BMSR);
        int result = Libc.here().ioctl(fd.number(), SIOCGMIIREG, memory.at(REQUEST));
        if (result < 0) {
            return result;
        }
        return (memory.view().getShort(DATA + MII_OUT_OFFSET) & BMSR_LSTATUS) != 0 ? 1 : 0;
    }

    /// Asks the driver as ethtool(8) does.
    public int ethtool(String name) {
        int named = put(name);
        if (named < 0) {
            return named;
        }
        memory.view().putInt(VALUE, ETHTOOL_GLINK).putInt(VALUE + 4, 0);
        memory.view().putLong(DATA, memory.at(VALUE));
        int result = Libc.here().ioctl(fd.number(), SIOCETHTOOL, memory.at(REQUEST));
        return result < 0 ? result : memory.view().getInt(VALUE + 4) != 0 ? 1 : 0;
    }

    /// Asks the kernel for the flag.
    public int running(String name) {
        int result = ask(name, SIOCGIFFLAGS);
        return result < 0
                ? result
                : (memory.view().getShort(DATA) & Interfaces.IFF_RUNNING) != 0 ? 1 : 0;
    }

    private int ask(String name, int request) {
        int named = put(name);
        return named < 0 ? named : Libc.here().ioctl(fd.number(), request, memory.at(REQUEST));
    }

    /// struct ifreq.
    private int put(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= Interfaces.NAME_BYTES) {
            return (int) Errno.ENODEV.result(); // As the kernel says of names that nobody has.
        }
        ByteBuffer view = memory.view();
        memory.clear(REQUEST, Interfaces.IFREQ_BYTES);
        view.put(REQUEST, bytes);
        return 0;
    }

    @Override
    public void close() {
        fd.close();
        memory.close();
    }
}
