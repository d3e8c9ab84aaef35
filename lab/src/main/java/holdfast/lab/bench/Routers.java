package holdfast.lab.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The configuration of virtual routers on `eth0` that differ in number only, in the words both
/// programs understand.
///
/// Immutable.
record Routers(int count, Timing timing, String state, int priority) {

    /// The priority of a router that owns the addresses, and need not wait to be elected.
    private static final int OWNER = 255;

    static Routers masters(int count, Timing timing) {
        return new Routers(count, timing, "MASTER", OWNER);
    }

    static Routers backups(int count, Timing timing) {
        return new Routers(count, timing, "BACKUP", timing.priority());
    }

    /// The address of the virtual router with this number.
    static String address(int vrid) {
        return "10.1.0." + vrid;
    }

    String text() {
        return """
        global_defs {
          vrrp_version %d
          vrrp_garp_master_delay 1
        }
        """
                        .formatted(timing.version())
                + IntStream.rangeClosed(1, count)
                        .mapToObj(this::router)
                        .collect(Collectors.joining());
    }

    private String router(int vrid) {
        return """
        vrrp_instance V%1$d {
          state %2$s
          interface eth0
          virtual_router_id %1$d
          priority %3$d
          advert_int %4$s
          virtual_ipaddress {
            %5$s/32 dev eth0
          }
        }
        """
                .formatted(vrid, state, priority, timing.advertInt(), address(vrid));
    }
}
