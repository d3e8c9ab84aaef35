package holdfast.lab.interop.bfd;

import holdfast.lab.interop.Page;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All outcomes, as a page of tables.
///
/// Confined to one thread.
final class Table {

    private static final String INTRODUCTION =
            """

            Holdfast's BFD beside Debian's keepalived 2.2.7, BIRD 2.0.12, and FRR's bfdd
            8.4.4, over one hop and, with a router between, over two. One Holdfast has all
            these sessions at once. A session goes down if 3 of Holdfast's packets are
            missing, or 5 of the neighbour's.

            A cell says what Holdfast told in its packets and, behind the stroke, what the
            neighbour did: the states after the event until one answers the other, each
            with its diagnostic if that is not 0 (1: the detection time has expired, 3: the
            neighbour said that it is down, 7: administratively down), and how long after
            the last packet that all was well, to 2 ms. Where intervals change, it is the one that
            they want to send at in the end, and whether they agreed on it by a poll
            sequence.

            All of it is read from captures and compared with what RFC 5880, 5881, and 5883
            say. So are hop limits, ports, discriminators, multipliers, flags, intervals of
            at least a second while not up, and, while both are up, the time between two
            packets, which has to be the negotiated interval or up to a quarter less (of
            neighbours: not more).
            """;

    private record Cell(Session session, Scene scene) {}

    private final Map<Cell, String> outcomes = new HashMap<>();

    void put(Session session, Scene scene, String outcome) {
        outcomes.put(new Cell(session, scene), outcome);
    }

    /// The page. Ways on which all is the same share a table.
    String markdown() {
        var text = new StringBuilder(Page.BFD_HEADING).append(INTRODUCTION);
        for (Make make : Make.values()) {
            text.append("\n## BFD beside %s\n\n".formatted(make));
            Remark.about(make)
                    .forEach(
                            remark ->
                                    text.append(
                                            "- %s\n"
                                                    .formatted(
                                                            remark.toString()
                                                                    .replace("\n", "\n  "))));
            Map<String, String> titles = new LinkedHashMap<>();
            make.routes()
                    .forEach(
                            route ->
                                    titles.merge(
                                            rows(make, route),
                                            route.toString(),
                                            (some, more) -> some + "; " + more));
            titles.forEach((rows, title) -> text.append("\n%s:\n\n%s".formatted(title, rows)));
        }
        return text.toString();
    }

    private String rows(Make make, Route route) {
        List<Manner> manners = make.manners().filter(manner -> manner.goes(route)).toList();
        var text = new StringBuilder("| Intervals of |");
        manners.forEach(manner -> text.append(" ").append(manner).append(" |"));
        text.append("\n|---|").append("---|".repeat(manners.size())).append("\n");
        for (Scene scene : Scene.values()) {
            text.append("| ").append(scene).append(" |");
            for (Manner manner : manners) {
                var cell = new Cell(new Session(make, manner, route), scene);
                text.append(" ").append(outcomes.getOrDefault(cell, "not played")).append(" |");
            }
            text.append("\n");
        }
        return text.toString();
    }
}
