package holdfast.lab.interop.bfd;

import holdfast.lab.Await;
import holdfast.lab.Daemon;
import holdfast.lab.Lab;
import holdfast.lab.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One Holdfast, all its neighbours at once, and the scenes, one after another.
///
/// Meant for virtual time, where letting time pass costs none. Confined to one thread.
final class Play {

    /// So that each session has spoken before something happens.
    private static final Duration LEAD = Duration.ofMillis(400);

    /// Within which all sessions are up again, also those of a neighbour that starts.
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String POLITE = "global_defs {\n  bfd_announce_stop\n}\n";

    private final Network network;
    private final List<Session> sessions;
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final Daemon holdfast;

    Play(Lab lab) {
        network = new Network(lab);
        sessions = sessions();
        for (Make make : Make.values()) {
            make.manners()
                    .forEach(
                            manner ->
                                    neighbours.add(
                                            Neighbour.of(
                                                    make,
                                                    manner,
                                                    network.neighbour(make.host(manner)))));
        }
        holdfast = Daemon.of(Software.HOLDFAST, network.holdfast(), Texts.ours(sessions, 1, ""));
    }

    /// All there are.
    static List<Session> sessions() {
        return Stream.of(Make.values()).flatMap(Make::sessions).toList();
    }

    /// Plays one scene; scenes count on those before. All sessions are up again afterwards.
    Recording play(Scene scene) {
        try (Listening listening = network.listen()) {
            pause(LEAD);
            Instant event = Instant.now();
            int ups = ups();
            act(scene);
            if (scene.kind() == Scene.Kind.RISE) {
                awaitUp(ups);
            }
            Instant end = Instant.now().plus(scene.span());
            Await.moment(end);
            List<Statement> said = listening.end();
            recover(scene);
            return new Recording(scene, event, end, said);
        }
    }

    /// Waits until all sessions have come up; for those that do not, the tables will tell.
    private void awaitUp(int before) {
        Instant limit = Instant.now().plus(RECOVERY);
        while (ups() < before + sessions.size() && Instant.now().isBefore(limit)) {
            pause(PAUSE);
        }
    }

    /// How many times a session came up until now.
    private int ups() {
        return holdfast.log().split("Entering Up state", -1).length;
    }

    private static void pause(Duration time) {
        Await.moment(Instant.now().plus(time));
    }

    private void act(Scene scene) {
        switch (scene) {
            case START -> {
                neighbours.forEach(Neighbour::start);
                holdfast.start();
            }
            case KILL -> neighbours.forEach(Neighbour::kill);
            case RETURN -> neighbours.forEach(Neighbour::start);
            case CUT -> network.cut(true, true);
            case MEND -> network.mend();
            case UNHEARD -> network.cut(true, false);
            case UNHEARING -> network.cut(false, true);
            case SLOWER -> holdfast.reload(Texts.ours(sessions, 2, ""));
            case FASTER -> holdfast.reload(Texts.ours(sessions, 1, ""));
            case NEIGHBOUR_SLOWER -> neighbours.forEach(each -> each.retime(2));
            case NEIGHBOUR_FASTER -> neighbours.forEach(each -> each.retime(1));
            case STOP -> {
                neighbours.forEach(Neighbour::stop);
                neighbours.forEach(Neighbour::awaitEnd);
            }
            case HOLDFAST_STOPS, GOODBYE -> holdfast.stop();
        }
    }

    private void recover(Scene scene) {
        int ups = ups();
        switch (scene) {
            case UNHEARD, UNHEARING -> network.mend();
            case STOP -> neighbours.forEach(Neighbour::start);
            case HOLDFAST_STOPS -> {
                holdfast.configure(Texts.ours(sessions, 1, POLITE));
                holdfast.start();
            }
            case START,
                    KILL,
                    RETURN,
                    CUT,
                    MEND,
                    SLOWER,
                    FASTER,
                    NEIGHBOUR_SLOWER,
                    NEIGHBOUR_FASTER,
                    GOODBYE -> {
                return; // The next scene goes on from here.
            }
        }
        awaitUp(ups);
    }

    /// What all have written.
    String logs() {
        var text = new StringBuilder(holdfast.log());
        neighbours.forEach(each -> text.append("\n--\n").append(each.log()));
        return text.toString();
    }
}
