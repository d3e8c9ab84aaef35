package holdfast.lab.bench;

import holdfast.lab.Await;
import holdfast.lab.Host;
import holdfast.lab.Lab;
import holdfast.lab.Wire;
import java.time.Duration;

/// Two hosts on a wire, one for the router that serves and one for the router that stands by.
///
/// Closing it takes everything away.
record Site(Lab lab, Wire wire, Host first, Host second, Membership hearing)
        implements AutoCloseable {

    static final String FIRST = "10.0.0.1";
    static final String SECOND = "10.0.0.2";

    /// How long a daemon may take to start or to stop before something must be wrong.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static Site open() {
        return open(1);
    }

    /// With so many wires between the hosts: `eth0`, `eth1`, ...
    static Site open(int wires) {
        Lab lab = Lab.open();
        Wire wire = lab.wire();
        Host first = lab.host("a").plug(wire, "eth0", FIRST + "/8");
        Host second = lab.host("b").plug(wire, "eth0", SECOND + "/8");
        for (int device = 1; device < wires; device++) {
            Wire more = lab.wire();
            first.plug(more, "eth" + device, first(device) + "/24");
            second.plug(more, "eth" + device, second(device) + "/24");
        }
        return new Site(lab, wire, first, second, new Membership(second));
    }

    /// The address of the first host on a wire.
    static String first(int device) {
        return device == 0 ? FIRST : "10.0." + device + ".1";
    }

    /// The address of the second host on a wire.
    static String second(int device) {
        return device == 0 ? SECOND : "10.0." + device + ".2";
    }

    /// Takes away what killed routers have left on the first host, and waits for silence on the
    /// second.
    void clear() {
        first.attempt("ip", "address", "flush", "dev", "eth0", "to", "10.1.0.0/24");
        Await.until("the second host listens no more", PATIENCE, () -> !hearing.isThere());
    }

    @Override
    public void close() {
        lab.close();
    }
}
