package holdfast.lab.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The configuration of virtual routers that differ in number only, in the words both programs
/// understand: so many on each of `eth0`, `eth1`, ...
///
/// Immutable.
record Routers(int interfaces, int each, Timing timing, String state, int priority) {

    /// The priority of a router that owns the addresses, and need not wait to be elected.
    private static final int OWNER = 255;

    static Routers masters(int count, Timing timing) {
        return masters(1, count, timing);
    }

    static Routers masters(int interfaces, int each, Timing timing) {
        return new Routers(interfaces, each, timing, "MASTER", OWNER);
    }

    static Routers backups(int count, Timing timing) {
        return backups(1, count, timing);
    }

    static Routers backups(int interfaces, int each, Timing timing) {
        return new Routers(interfaces, each, timing, "BACKUP", timing.priority());
    }

    /// The address of the virtual router with this number on `eth0`.
    static String address(int vrid) {
        return address(0, vrid);
    }

    private static String address(int device, int vrid) {
        return "10.1." + device + "." + vrid;
    }

    String text() {
        return """
        global_defs {
          vrrp_version %d
          vrrp_garp_master_delay 1
        }
        """
                        .formatted(timing.version())
                + IntStream.range(0, interfaces)
                        .mapToObj(
                                device ->
                                        IntStream.rangeClosed(1, each)
                                                .mapToObj(vrid -> router(device, vrid))
                                                .collect(Collectors.joining()))
                        .collect(Collectors.joining());
    }

    private String router(int device, int vrid) {
        return """
        vrrp_instance V%1$d_%2$d {
          state %3$s
          interface eth%1$d
          virtual_router_id %2$d
          priority %4$d
          advert_int %5$s
          virtual_ipaddress {
            %6$s/32 dev eth%1$d
          }
        }
        """
                .formatted(
                        device, vrid, state, priority, timing.advertInt(), address(device, vrid));
    }
}
