package holdfast.linux;

import static holdfast.linux.SocketNumbers.*;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// Network interfaces by name, in the namespace of the calling thread.
public final class Interfaces {

    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCGIFMTU = 0x8921;

    /// struct ifreq: the name, then what was asked for.
    static final int IFREQ_BYTES = 40;

    static final int NAME_BYTES = 16;

    /// linux/if.h: administratively up; one of this host; lower layers ready; hears groups.
    public static final int IFF_UP = 0x1;

    public static final int IFF_LOOPBACK = 0x8;

    public static final int IFF_RUNNING = 0x40;
    public static final int IFF_MULTICAST = 0x1000;

    private Interfaces() {}

    /// The interface's number, if there is one of this name.
    public static OptionalInt index(String name) {
        Libc libc = Libc.here();
        libc.scratch().putText(0, name);
        int index = libc.ifNametoindex(libc.scratch().at(0));
        return index > 0 ? OptionalInt.of(index) : OptionalInt.empty();
    }

    /// The lower 16 flags (netdevice(7)), if there is an interface of this name.
    public static OptionalInt flags(String name) throws SyscallException {
        OptionalInt both = ask(name, SIOCGIFFLAGS);
        return both.isPresent() ? OptionalInt.of(both.getAsInt() & 0xffff) : both;
    }

    /// How long a packet may be, if there is an interface of this name.
    public static OptionalInt mtu(String name) throws SyscallException {
        return ask(name, SIOCGIFMTU);
    }

    private static OptionalInt ask(String name, int request) throws SyscallException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= NAME_BYTES) {
            return OptionalInt.empty();
        }
        Libc libc = Libc.here();
        int type = SOCK_DGRAM | SOCK_CLOEXEC;
        try (Fd fd = Fd.made("open a socket", libc.socket(AF_INET, type, 0))) {
            libc.scratch().clear(0, IFREQ_BYTES);
            libc.scratch().view().put(0, bytes);
            int result = libc.ioctl(fd.number(), request, libc.scratch().at(0));
            return result < 0
                    ? OptionalInt.empty()
                    : OptionalInt.of(libc.scratch().view().getInt(NAME_BYTES));
        }
    }

    /// Whether it is up and has carrier. False when there is no such interface.
    public static boolean isRunning(String name) throws SyscallException {
        int wanted = IFF_UP | IFF_RUNNING;
        return (flags(name).orElse(0) & wanted) == wanted;
    }
}
