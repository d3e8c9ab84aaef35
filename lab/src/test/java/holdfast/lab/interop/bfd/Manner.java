package holdfast.lab.interop.bfd;

import java.time.Duration;
import java.util.Optional;

/// How two speak with each other: a column of the tables.
enum Manner {
    FAST(0, 10, "10 ms"),
    PLAIN(1, 50, "50 ms"),
    SLOW(2, 300, "300 ms"),
    PASSIVE(3, 300, "300 ms, Holdfast passive"),
    PASSIVE_NEIGHBOUR(4, 300, "300 ms, the other passive"),
    KEYED(5, 300, "300 ms, keyed SHA-1"),
    METICULOUS(6, 300, "300 ms, meticulous keyed SHA-1");

    /// How many packets of Holdfast have to be missing.
    static final int OUR_MULTIPLIER = 3;

    /// How many of the neighbour.
    static final int ITS_MULTIPLIER = 5;

    static final int KEY = 7;
    static final String SECRET = "geheimgeheim";

    private final int number;
    private final int millis;
    private final String title;

    Manner(int number, int millis, String title) {
        this.number = number;
        this.millis = millis;
        this.title = title;
    }

    int number() {
        return number;
    }

    /// At which both want to send and are ready to receive.
    Duration interval() {
        return Duration.ofMillis(millis);
    }

    /// Whether it is tried on a way. Not all are on each, since many packets take much time.
    boolean goes(Route route) {
        return switch (this) {
            case SLOW -> true;
            case FAST -> route == Route.ONE_HOP_IPV4;
            case PLAIN, PASSIVE, PASSIVE_NEIGHBOUR, KEYED, METICULOUS ->
                    route == Route.ONE_HOP_IPV4 || route == Route.TWO_HOPS_IPV6;
        };
    }

    /// For how long Holdfast bears silence.
    Duration ourPatience() {
        return interval().multipliedBy(ITS_MULTIPLIER);
    }

    /// For how long the neighbour does.
    Duration itsPatience() {
        return interval().multipliedBy(OUR_MULTIPLIER);
    }

    /// The type of authentication, in the words of BIRD.
    Optional<String> authentication() {
        return switch (this) {
            case KEYED -> Optional.of("keyed sha1");
            case METICULOUS -> Optional.of("meticulous keyed sha1");
            case FAST, PLAIN, SLOW, PASSIVE, PASSIVE_NEIGHBOUR -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
