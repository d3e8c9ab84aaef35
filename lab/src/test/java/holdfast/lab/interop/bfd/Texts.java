package holdfast.lab.interop.bfd;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The configurations of both sides.
final class Texts {

    private static final int HOP_LIMIT = 255;

    private Texts() {}

    /// Of Holdfast, for all sessions.
    ///
    /// @param factor by which its intervals are longer than usual
    static String ours(List<Session> sessions, int factor, String more) {
        return more
                + sessions.stream()
                        .map(session -> ours(session, factor))
                        .collect(Collectors.joining());
    }

    private static String ours(Session session, int factor) {
        boolean passive = session.manner() == Manner.PASSIVE;
        String text =
                instance(session.name(), session.its(), session.ours())
                        + timers(session.manner(), factor, Manner.OUR_MULTIPLIER, passive)
                        + (session.route().isFar()
                                ? "  multihop\n  max_hops %d\n".formatted(hops(session))
                                : "");
        return text + session.manner().authentication().map(Texts::keys).orElse("") + "}\n";
    }

    /// By how much less than its own hop limit Holdfast has to accept.
    private static int hops(Session session) {
        return HOP_LIMIT - session.make().hopLimit(session.route()) + 1;
    }

    private static String instance(String name, String neighbour, String source) {
        return "bfd_instance %s {\n  neighbor_ip %s\n  source_ip %s\n  hoplimit 255\n"
                .formatted(name, neighbour, source);
    }

    private static String timers(Manner manner, int factor, int multiplier, boolean passive) {
        long millis = manner.interval().toMillis() * factor;
        return "  min_rx %d\n  min_tx %d\n  multiplier %d\n%s"
                .formatted(millis, millis, multiplier, passive ? "  passive\n" : "");
    }

    private static String keys(String type) {
        return "  auth_sha1 {\n    key %d %s\n    active_key %d\n%s  }\n"
                .formatted(
                        Manner.KEY,
                        Manner.SECRET,
                        Manner.KEY,
                        type.startsWith("meticulous") ? "    meticulous\n" : "");
    }

    static String keepalived(Manner manner, int factor) {
        boolean passive = manner == Manner.PASSIVE_NEIGHBOUR;
        int number = Make.KEEPALIVED.host(manner);
        return Make.KEEPALIVED
                .routes()
                .filter(manner::goes)
                .map(
                        route ->
                                instance(route.label(), route.ours(), route.its(number))
                                        + timers(manner, factor, Manner.ITS_MULTIPLIER, passive)
                                        + "}\n")
                .collect(Collectors.joining());
    }

    static String bird(Manner manner, int factor) {
        int number = Make.BIRD.host(manner);
        String options = birdOptions(manner, factor);
        var text = new StringBuilder("router id 10.0.0.%d;\nlog stderr all;\n".formatted(number));
        text.append("protocol device {}\nprotocol bfd {\n  debug { states, events };\n");
        text.append("  interface \"eth0\" {\n").append(options).append("  };\n");
        text.append("  multihop {\n").append(options).append("  };\n");
        Make.BIRD
                .routes()
                .filter(manner::goes)
                .forEach(
                        route ->
                                text.append(
                                        "  neighbor %s %slocal %s%s;\n"
                                                .formatted(
                                                        route.ours(),
                                                        route.isFar() ? "" : "dev \"eth0\" ",
                                                        route.its(number),
                                                        route.isFar() ? " multihop on" : "")));
        return text.append("}\n").toString();
    }

    private static String birdOptions(Manner manner, int factor) {
        Duration interval = manner.interval().multipliedBy(factor);
        var text = new StringBuilder();
        text.append("    min rx interval %d ms;\n".formatted(interval.toMillis()));
        text.append("    min tx interval %d ms;\n".formatted(interval.toMillis()));
        text.append("    multiplier %d;\n".formatted(Manner.ITS_MULTIPLIER));
        text.append(
                "    passive %s;\n".formatted(manner == Manner.PASSIVE_NEIGHBOUR ? "on" : "off"));
        manner.authentication()
                .ifPresent(
                        type ->
                                text.append("    authentication %s;\n".formatted(type))
                                        .append(
                                                "    password \"%s\" { id %d; };\n"
                                                        .formatted(Manner.SECRET, Manner.KEY)));
        return text.toString();
    }

    static String bfdd(Manner manner, int factor) {
        long millis = manner.interval().toMillis() * factor;
        int number = Make.FRR.host(manner);
        var text = new StringBuilder("bfd\n");
        Make.FRR
                .routes()
                .filter(manner::goes)
                .forEach(
                        route -> {
                            text.append(
                                    " peer %s %slocal-address %s%s\n"
                                            .formatted(
                                                    route.ours(),
                                                    route.isFar() ? "multihop " : "",
                                                    route.its(number),
                                                    route.isFar() ? "" : " interface eth0"));
                            text.append(
                                    "  detect-multiplier %d\n".formatted(Manner.ITS_MULTIPLIER));
                            text.append("  receive-interval %d\n".formatted(millis));
                            text.append("  transmit-interval %d\n".formatted(millis));
                            if (manner == Manner.PASSIVE_NEIGHBOUR) {
                                text.append("  passive-mode\n");
                            }
                        });
        return text.toString();
    }
}
