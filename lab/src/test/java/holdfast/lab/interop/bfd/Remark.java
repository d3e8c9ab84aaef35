package holdfast.lab.interop.bfd;

import java.util.Optional;
import java.util.stream.Stream;

/// Where one of the other programs departs from the RFCs, or does what one would not expect.
enum Remark {
    LATE_WORD(
            Make.KEEPALIVED,
            """
            When it goes down it says so by its next packet, up to an interval later; that is what
            *within* means.\
            """),
    ANOTHER_PORT(
            Make.KEEPALIVED,
            """
            After a reload it speaks from another port, though RFC 5881 (section 4) wants a session
            to keep it. Holdfast knows the session by its discriminator.\
            """),
    QUIET(
            Make.KEEPALIVED,
            """
            A passive one that learns that Holdfast is down says so only if it is not asked to come
            up before; since that is left to chance, it is left out here.\
            """),
    ANY_PORT(
            Make.BIRD,
            """
            It speaks from any port that the kernel gives it, while RFC 5881 (section 4) wants one
            from 49152 on. Holdfast does not mind.\
            """),
    LOWER_HOP_LIMIT(
            Make.BIRD,
            """
            Over several hops its packets set out with a hop limit of 64, so Holdfast needs
            `max_hops 192` for one router between; here it has that.\
            """),
    HASTE(
            Make.FRR,
            """
            The packet by which it says that it is down still wants the interval of before, while
            RFC 5880 (section 6.8.3) wants at least one second. It is the only one.\
            """),
    HARD_OF_HEARING(
            Make.FRR,
            """
            While it is up it does not heed that Holdfast is down if it is not named by its
            discriminator, which Holdfast has to forget by then (RFC 5880, section 6.8.1). So it
            goes down when its own patience is over.\
            """),
    LAST_WORD(
            Make.FRR,
            """
            A passive one that hears no more says once that it is down, though it forgot the
            discriminator of the other (RFC 5880, section 6.8.7).\
            """);

    private final Make make;
    private final String text;

    Remark(Make make, String text) {
        this.make = make;
        this.text = text;
    }

    static Stream<Remark> about(Make make) {
        return Stream.of(values()).filter(remark -> remark.make == make);
    }

    /// Whether this is the habit of a neighbour.
    boolean excuses(Session session) {
        return session.make() == make;
    }

    /// What a scene comes to with a neighbour that has this habit, if not to what the RFCs say.
    Optional<String> instead(Session session, Scene scene) {
        boolean passive = session.manner() == Manner.PASSIVE_NEIGHBOUR;
        String ours = Expectation.ourExpiry(session);
        String its = Expectation.itsLastWord(session);
        if (!excuses(session)) {
            return Optional.empty();
        } else if (this == QUIET && passive && scene == Scene.UNHEARING) {
            return Optional.of(ours + " / Init");
        } else if (this == HARD_OF_HEARING
                && scene == Scene.UNHEARING
                && session.manner() != Manner.PASSIVE) {
            return Optional.of(ours + " / " + its + ", Init (1)");
        } else if (this == LAST_WORD && passive && scene == Scene.CUT) {
            return Optional.of(ours + " / " + its);
        } else if (this == LAST_WORD && passive && scene == Scene.UNHEARD) {
            return Optional.of("Down (3) / " + its);
        } else if (this == LAST_WORD && passive && scene == Scene.HOLDFAST_STOPS) {
            return Optional.of("– / " + its);
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
