package holdfast.lab.interop.bfd;

import java.util.stream.Stream;

/// A program that speaks BFD with Holdfast.
enum Make {
    KEEPALIVED(10, "keepalived 2.2.7"),
    BIRD(20, "BIRD 2.0.12"),
    FRR(30, "FRR's bfdd 8.4.4");

    private final int number;
    private final String title;

    Make(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /// The last part of the addresses of a neighbour: each has a host for each manner.
    int host(Manner manner) {
        return number + manner.number();
    }

    /// The sessions that Holdfast has with it.
    Stream<Session> sessions() {
        return manners()
                .flatMap(
                        manner ->
                                routes().filter(manner::goes)
                                        .map(route -> new Session(this, manner, route)));
    }

    /// The ways it knows.
    Stream<Route> routes() {
        return Stream.of(Route.values()).filter(route -> this != KEEPALIVED || !route.isFar());
    }

    /// With which its packets set out.
    int hopLimit(Route route) {
        return this == BIRD && route.isFar() ? 64 : 255;
    }

    /// What it can be told.
    Stream<Manner> manners() {
        return Stream.of(Manner.values())
                .filter(manner -> this == BIRD || manner.authentication().isEmpty());
    }

    @Override
    public String toString() {
        return title;
    }
}
