package holdfast.lab.interop;

import holdfast.lab.Host;
import java.time.Instant;
import java.util.List;

/// One of the two routers, whatever program it is.
///
/// Confined to one thread; the lab ends what runs in it.
interface Contender {

    /// A router that is not running yet, in a host whose `eth0` has its addresses.
    static Contender of(Make make, Host host, Settings settings) {
        return switch (make) {
            case HOLDFAST, KEEPALIVED -> new Director(make, host, settings);
            case FRR -> new Vrrpd(host, settings);
        };
    }

    /// Other settings from the next start on, while it does not run; it owns nothing then.
    void tell(Settings settings);

    /// Starts it, for the first time or again; says when.
    Instant start();

    /// Kills it at a moment, as if its machine died: what it owned is gone too. Says when.
    Instant kill(Instant moment);

    /// Asks it to stop, and waits until it has; says when it was asked.
    Instant stop();

    /// When it began and ceased to serve, oldest first.
    List<Turn> turns();

    String log();
}
