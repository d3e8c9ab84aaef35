package holdfast.lab.interop.bfd;

import java.time.Duration;

/// One session between Holdfast and a neighbour.
///
/// Immutable.
record Session(Make make, Manner manner, Route route) {

    /// As Holdfast's configuration calls it.
    String name() {
        return "%s-%s-%s".formatted(make.name(), manner.name(), route.label());
    }

    String ours() {
        return route.ours();
    }

    String its() {
        return route.its(make.host(manner));
    }

    /// After what silence the neighbour has said that it is down, if it does so in its turn.
    Duration itsLastMoment() {
        return manner.itsPatience().plus(manner.interval());
    }

    @Override
    public String toString() {
        return "%s, %s, %s".formatted(make, route, manner);
    }
}
