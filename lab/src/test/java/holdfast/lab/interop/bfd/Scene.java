package holdfast.lab.interop.bfd;

import java.time.Duration;

/// Something that happens to all sessions at once, in this order; each is a row of the tables.
enum Scene {
    START(Kind.RISE, "Both start"),
    KILL(Kind.FALL, "The neighbour is killed"),
    RETURN(Kind.RISE, "It comes back"),
    CUT(Kind.FALL, "Nothing passes"),
    MEND(Kind.RISE, "All passes again"),
    UNHEARD(Kind.FALL, "Holdfast is not heard"),
    UNHEARING(Kind.FALL, "The neighbour is not heard"),
    SLOWER(Kind.RETIME, "Holdfast reloads: twice the intervals"),
    FASTER(Kind.RETIME, "Holdfast reloads: as before"),
    NEIGHBOUR_SLOWER(Kind.RETIME, "The neighbour reloads: twice the intervals"),
    NEIGHBOUR_FASTER(Kind.RETIME, "The neighbour reloads: as before"),
    STOP(Kind.FALL, "The neighbour stops"),
    HOLDFAST_STOPS(Kind.FALL, "Holdfast stops"),
    GOODBYE(Kind.FALL, "Holdfast stops, with bfd_announce_stop");

    /// What is looked at.
    enum Kind {
        /// How the session is in the end.
        RISE,
        /// What was said one after the other, and when silence was noticed.
        FALL,
        /// Which intervals are told, and whether by a poll sequence.
        RETIME
    }

    private final Kind kind;
    private final String title;

    Scene(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    Kind kind() {
        return kind;
    }

    /// Long enough for what follows, and some calm after it.
    Duration span() {
        return switch (kind) {
            case RISE -> Duration.ofMillis(700);
            case FALL -> Duration.ofSeconds(4);
            case RETIME -> Duration.ofMillis(1300);
        };
    }

    /// Whether the neighbour is no more in the end.
    boolean endsNeighbour() {
        return this == KILL || this == STOP;
    }

    /// Whether Holdfast is no more in the end.
    boolean endsHoldfast() {
        return this == HOLDFAST_STOPS || this == GOODBYE;
    }

    @Override
    public String toString() {
        return title;
    }
}
