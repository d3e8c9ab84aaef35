package holdfast.lab.interop.bfd;

import holdfast.lab.Host;

/// A program in a host of its own that has a session with Holdfast for each way it knows.
///
/// Confined to one thread; the lab ends what runs in it.
interface Neighbour {

    /// One that is not running yet.
    static Neighbour of(Make make, Manner manner, Host host) {
        return switch (make) {
            case KEEPALIVED -> new Keepalived(manner, host);
            case BIRD -> new Bird(manner, host);
            case FRR -> new Bfdd(manner, host);
        };
    }

    /// Starts it, for the first time or again, with its usual intervals.
    void start();

    /// Kills it, and returns when it is no more.
    void kill();

    /// Asks it to stop.
    void stop();

    /// Waits until it has stopped.
    void awaitEnd();

    /// Lets it have intervals that are longer than usual by this factor.
    void retime(int factor);

    /// What it has written.
    String log();
}
