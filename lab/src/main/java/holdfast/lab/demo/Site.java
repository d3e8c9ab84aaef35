package holdfast.lab.demo;

import java.nio.file.Path;
import java.time.Duration;

/// What one director is told: two virtual routers that move together, and a service.
///
/// @param fifo where it tells about itself
/// @param weight that of web1; the others have 1
record Site(String name, Path fifo, int priority, int weight) {

    static final String VIP = "10.0.0.100";
    static final String GATEWAY = "10.0.1.1";
    static final int PORT = 80;
    static final int SERVERS = 3;
    static final int FRONT_VRID = 51;

    static final Duration ADVERT_INTERVAL = Duration.ofMillis(200);
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /// What a line of the FIFO about the role begins with; the role follows.
    static final String ROLE_NOTICE = "INSTANCE \"FRONT\" ";

    static String role(String notice) {
        return notice.substring(ROLE_NOTICE.length()).split(" ")[0];
    }

    /// What a line of the FIFO about a web server begins with.
    static String serverNotice(int number) {
        return "RS [%s]:tcp:%d ".formatted(webAddress(number), PORT);
    }

    static String webAddress(int number) {
        return "10.0.1.%d".formatted(10 + number);
    }

    /// How much longer than three intervals a router waits (RFC 9568, 6.1).
    static Duration skew(int priority) {
        return ADVERT_INTERVAL.multipliedBy(256 - priority).dividedBy(256);
    }

    /// When a router that hears nothing takes over (RFC 9568, 6.1).
    static Duration masterDown(int priority) {
        return ADVERT_INTERVAL.multipliedBy(3).plus(skew(priority));
    }

    String configuration() {
        var text = new StringBuilder();
        text.append(
                """
                global_defs {
                  router_id %s
                  vrrp_version 3
                  notify_fifo %s
                  vrrp_rt_priority 10
                  vrrp_no_swap
                }
                vrrp_sync_group BOTH {
                  group {
                    FRONT
                    BACK
                  }
                }
                """
                        .formatted(name, fifo));
        text.append(instance("FRONT", "eth0", FRONT_VRID, VIP));
        text.append(instance("BACK", "eth1", FRONT_VRID + 1, GATEWAY));
        text.append(
                """
                virtual_server %s %d {
                  delay_loop %d
                  lb_algo wrr
                  lb_kind NAT
                  protocol TCP
                  alpha
                """
                        .formatted(VIP, PORT, CHECK_INTERVAL.toSeconds()));
        for (int number = 1; number <= SERVERS; number++) {
            text.append(realServer(number));
        }
        return text.append("}\n").toString();
    }

    private String instance(String instance, String device, int vrid, String address) {
        return """
        vrrp_instance %s {
          state BACKUP
          nopreempt
          interface %s
          virtual_router_id %d
          priority %d
          advert_int %.2f
          virtual_ipaddress {
            %s/24
          }
        }
        """
                .formatted(
                        instance,
                        device,
                        vrid,
                        priority,
                        ADVERT_INTERVAL.toMillis() / 1000.0,
                        address);
    }

    private String realServer(int number) {
        return """
          real_server %s %d {
            weight %d
            HTTP_GET {
              url {
                path /
                status_code 200
              }
              connect_timeout 1
              retry 0
            }
          }
        """
                .formatted(webAddress(number), PORT, number == 1 ? weight : 1);
    }
}
