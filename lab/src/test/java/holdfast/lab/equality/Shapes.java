package holdfast.lab.equality;

import java.util.ArrayList;
import java.util.List;

/// All shapes of virtual servers that are compared.
final class Shapes {

    private static final String SORRY = "sorry_server 10.8.0.99 80";

    private Shapes() {}

    static List<Shape> all() {
        List<Shape> all = new ArrayList<>();
        schedulers(all);
        forwarding(all);
        sessions(all);
        families(all);
        pools(all);
        groups(all);
        dynamic(all);
        return all;
    }

    private static Shape add(List<Shape> all, String... options) {
        Shape shape = Shape.of(all.size() + 1, options);
        all.add(shape);
        return shape;
    }

    private static void put(List<Shape> all, Shape shape) {
        all.set(all.size() - 1, shape);
    }

    private static void schedulers(List<Shape> all) {
        String[][] steps = {
            {"lb_algo rr", "lb_algo wrr"},
            {"lb_algo wrr", "lb_algo lc"},
            {"lb_algo lc", "lb_algo wlc"},
            {"lb_algo wlc", "lb_algo sh\nsh-port"},
            {"lb_algo lblc", "lb_algo lblcr"},
            {"lb_algo lblcr", "lb_algo dh"},
            {"lb_algo sh", "lb_algo sh\nsh-fallback"},
            {"lb_algo sh\nsh-port\nsh-fallback", "lb_algo sh"},
            {"lb_algo mh", "lb_algo mh\nmh-port"},
            {"lb_algo mh\nmh-port\nmh-fallback", "lb_algo mh\nmh-fallback"},
            {"lb_algo dh", "lb_algo rr"},
            {"lb_algo fo", "lb_algo ovf"},
            {"lb_algo ovf", "lb_algo fo"},
            {"lb_algo sed", "lb_algo nq"},
            {"lb_algo nq", "lb_algo twos"},
            {"lb_algo twos", "lb_algo sed"},
            {"lb_algo rr\nflag-1\nflag-3", "lb_algo rr\nflag-2"},
            {"lb_algo rr\nhashed", "lb_algo rr"}
        };
        for (String[] step : steps) {
            put(all, add(all, step[0]).then(step[0], step[1]));
        }
        put(
                all,
                add(all, "lb_algo wrr")
                        .each("weight 3", "weight 2", "weight 0")
                        .then("weight 3", "weight 7")
                        .then("weight 0", "weight 65536"));
    }

    private static void forwarding(List<Shape> all) {
        List<String> elsewhere = List.of("10.8.0.1 8080", "10.8.0.2 8080", "10.8.0.3 81");
        String[][] steps = {
            {"lb_kind NAT", "lb_kind DR"},
            {"lb_kind DR", "lb_kind TUN"},
            {"lb_kind TUN", "lb_kind NAT"},
            {"lb_kind TUN type ipip", "lb_kind TUN type gue port 6080"},
            {"lb_kind TUN type gue port 6080", "lb_kind TUN type gue port 6081 csum"},
            {"lb_kind TUN type gue port 6080 nocsum", "lb_kind TUN type gre"},
            {"lb_kind TUN type gue port 6080 csum", "lb_kind TUN type gue port 6080 remcsum"},
            {"lb_kind TUN type gue port 6080 remcsum", "lb_kind TUN type ipip"},
            {"lb_kind TUN type gre", "lb_kind TUN type gre csum"},
            {"lb_kind TUN type gre csum", "lb_kind DR"}
        };
        for (String[] step : steps) {
            Shape shape = add(all, step[0]).over(elsewhere).then(step[0] + "\n", step[1] + "\n");
            boolean astray = !step[0].equals("lb_kind NAT") && !step[1].equals("lb_kind NAT");
            put(all, astray ? shape.astray(Remark.DEAD_RETURN, Step.REVERTED) : shape);
        }
        put(
                all,
                add(all, "lb_kind NAT")
                        .each(
                                "lvs_method DR",
                                "lvs_method TUN type gue port 5555 csum",
                                "lvs_method NAT")
                        .then("lvs_method DR", "lvs_method NAT")
                        .then("lvs_method NAT", "lvs_method TUN")
                        .astray(Remark.DEAD_RETURN, Step.REVERTED, Step.ALL_UP));
    }

    private static void sessions(List<Shape> all) {
        put(
                all,
                add(all, "persistence_timeout 50")
                        .then("persistence_timeout 50", "persistence_timeout 60"));
        put(all, add(all, "persistence_timeout").then("persistence_timeout\n", "\n"));
        put(
                all,
                add(all, "persistence_timeout 50\npersistence_granularity 255.255.255.0")
                        .then("255.255.255.0", "255.255.0.0"));
        put(
                all,
                add(all, "protocol UDP", "persistence_timeout 30\npersistence_engine sip")
                        .then("persistence_engine sip\n", "\n"));
        put(all, add(all).at("10.7.{n}.1 0").over(List.of("10.8.0.1", "10.8.0.2", "10.8.0.3")));
        put(all, add(all, "protocol UDP\nops").then("ops\n", "\n"));
        put(all, add(all, "ops").at("fwmark {n}1").then("ops\n", "\n"));
        put(
                all,
                add(all).each("uthreshold 10\nlthreshold 5", "uthreshold 7", "")
                        .then("uthreshold 10", "uthreshold 20")
                        .then("uthreshold 7\n", "\n")
                        .astray(Remark.THRESHOLDS, Step.CHANGED));
        add(all, "protocol UDP");
        add(all, "protocol SCTP");
        add(all, "! no lb_algo");
        add(all, "! no lb_kind");
        add(all, "! no protocol");
    }

    private static void families(List<Shape> all) {
        String six = "fd07:{n}::1 80";
        put(
                all,
                add(all, "lb_kind NAT")
                        .at(six)
                        .over(Shape.IPV6)
                        .then("lb_kind NAT", "lb_kind DR")
                        .astray(Remark.DEAD_RETURN, Step.REVERTED));
        put(all, add(all, "lb_kind DR", "lb_algo sh").at(six).over(Shape.IPV6));
        put(
                all,
                add(all, "lb_kind TUN", "persistence_timeout 30\npersistence_granularity 64")
                        .at(six)
                        .over(Shape.IPV6)
                        .then("granularity 64", "granularity 48"));
        put(all, add(all, "lb_kind TUN").over(List.of("10.8.0.1 80", "fd08::2 80", "fd08::3 80")));
        put(all, add(all, "lb_kind TUN type gre").at(six));
        put(all, add(all, "lb_kind DR").at("fwmark {n}1"));
        put(all, add(all, "lb_kind NAT").at("fwmark {n}1").then("lb_kind NAT", "lb_kind DR"));
        put(all, add(all).at("fwmark {n}2").over(Shape.IPV6));
        put(all, add(all, "lb_kind TUN\nip_family inet6").at("fwmark {n}3"));
        put(all, add(all, "persistence_timeout 90").at("fwmark {n}4"));
    }

    private static void pools(List<Shape> all) {
        put(all, add(all, "inhibit_on_failure").then("inhibit_on_failure\n", "\n"));
        put(all, add(all).each("", "inhibit_on_failure", ""));
        put(all, add(all, SORRY).then(SORRY, "sorry_server 10.8.0.98 80"));
        put(all, add(all, SORRY).then(SORRY + "\n", "\n"));
        put(
                all,
                add(all, SORRY + "\nsorry_server_inhibit")
                        .then("sorry_server_inhibit\n", "\n")
                        .astray(Remark.SORRY_INHIBIT, Step.CHANGED, Step.ALL_DOWN, Step.REVERTED));
        put(all, add(all, SORRY, "inhibit_on_failure").then("inhibit_on_failure\n", "\n"));
        put(
                all,
                add(all, SORRY + "\nsorry_server_inhibit", "inhibit_on_failure")
                        .then(SORRY + "\nsorry_server_inhibit\n", "\n"));
        put(all, add(all, SORRY + "\nsorry_server_lvs_method DR"));
        put(all, add(all, SORRY, "quorum 2").then("quorum 2", "quorum 3"));
        put(all, add(all, SORRY, "quorum 2\nhysteresis 1").then("hysteresis 1\n", "\n"));
        put(
                all,
                add(all, SORRY, "quorum 5\nhysteresis 2")
                        .each("weight 4", "weight 2", "weight 3")
                        .then("weight 4", "weight 1"));
        put(all, add(all, "quorum 2\nhysteresis 1").then("quorum 2", "quorum 3"));
        put(all, add(all, "sorry_server 10.8.0.1 80"));
        put(all, add(all, "alpha"));
        put(all, add(all, "alpha", SORRY));
        put(all, add(all, "alpha\nomega", "inhibit_on_failure"));
        put(all, add(all, "omega", SORRY + "\nsorry_server_inhibit"));
        put(all, add(all, "weight 5").then("weight 5", "weight 6"));
        put(
                all,
                add(all).then(
                                Shape.server("10.8.0.3 80", "", 3),
                                Shape.server("10.8.0.4 80", "", 3)));
        put(all, add(all, SORRY).then(Shape.server("10.8.0.1 80", "", 1), ""));
        put(all, add(all).then("virtual_server 10.7.{n}.1 80", "virtual_server 10.7.{n}.2 80"));
    }

    private static void groups(List<Shape> all) {
        String group =
                """
                virtual_server_group g{n} {
                10.7.{n}.1 80
                10.7.{n}.4-6 81
                10.7.{n}.8/30 82
                fwmark {n}1
                }
                """;
        put(
                all,
                add(all, SORRY)
                        .at("group g{n}")
                        .behind(group)
                        .then("10.7.{n}.4-6", "10.7.{n}.4-7")
                        .astray(
                                Remark.GROUP_CHANGE,
                                Step.CHANGED,
                                Step.REVERTED,
                                Step.ALL_UP,
                                Step.STOP));
        put(
                all,
                add(all, "inhibit_on_failure")
                        .at("group g{n}")
                        .behind(group)
                        .then("fwmark {n}1\n", "\n")
                        .astray(Remark.GROUP_CHANGE, Step.CHANGED, Step.ALL_DOWN, Step.STOP));
        String six = "virtual_server_group g{n} {\nfd07:{n}::1 80\nfd07:{n}::10-12 81\n}\n";
        put(all, add(all).at("group g{n}").behind(six).over(Shape.IPV6));
        String other = group + "virtual_server group g{n} {\nlb_algo wrr\nlb_kind NAT\n";
        String both =
                other
                        + "delay_loop 1\nwarmup 0\nprotocol UDP\n"
                        + Shape.server("10.8.0.2 80", "", 2)
                        + "}\n";
        put(all, add(all, "! another one over UDP").at("group g{n}").behind(both));
        // Its server has no check: two that come up at once would have rows in either order.
        String shared = other + "protocol TCP\nreal_server 10.8.0.7 80 {\n}\n}\n";
        put(all, add(all, "! another one over TCP").at("group g{n}").behind(shared));
        String marks = "virtual_server_group g{n} {\nfwmark {n}1\nfwmark {n}2\n}\n";
        put(all, add(all, "lb_kind DR").at("group g{n}").behind(marks));
    }

    private static void dynamic(List<Shape> all) {
        String script = Backends.SCRIPT;
        Step[] two = {Step.SECOND_UP, Step.FIRST_UP};
        Step[] all3 = {Step.THIRD_UP, Step.SECOND_UP, Step.FIRST_UP};
        Remark zero = Remark.STATUS_ZERO;
        put(all, add(all).each("", script, "").astray(zero, two));
        put(all, add(all, SORRY).each(script, "weight 4\n" + script, "").astray(zero, two));
        put(all, add(all, "inhibit_on_failure").each(script, script, script).astray(zero, all3));
    }
}
