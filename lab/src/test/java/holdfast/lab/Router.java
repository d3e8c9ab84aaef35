package holdfast.lab;

/// The configuration of one VRRP instance, as text, in the words both programs understand.
record Router(int version, int priority, String interval, String address, String more) {

    static final int VRID = 51;

    static Router v2(int priority) {
        return new Router(2, priority, "1", "10.0.0.100/24", password());
    }

    /// Version 2 with authentication headers.
    static Router ah(int priority) {
        Router plain = v2(priority);
        String more = plain.more.replace("PASS", "AH");
        return new Router(2, priority, plain.interval, plain.address, more);
    }

    static Router v3(int priority, String interval) {
        return new Router(3, priority, interval, "10.0.0.100/24", "");
    }

    Router with(String lines) {
        return new Router(version, priority, interval, address, more + "\n" + lines);
    }

    String text() {
        return """
        global_defs {
          vrrp_version %d
          vrrp_garp_master_delay 1
        }
        vrrp_instance V1 {
          state BACKUP
          interface eth0
          virtual_router_id %d
          priority %d
          advert_int %s
          %s
          virtual_ipaddress {
            %s dev eth0
          }
        }
        """
                .formatted(version, VRID, priority, interval, more, address);
    }

    private static String password() {
        return """
        authentication {
            auth_type PASS
            auth_pass geheim12
          }\
        """;
    }
}
