package holdfast.lab.interop.bfd;

import holdfast.lab.Host;
import holdfast.lab.interop.Frr;
import java.util.Optional;

/// FRR's bfdd.
final class Bfdd implements Neighbour {

    private final Manner manner;
    private final Frr frr;
    private Optional<Process> bfdd = Optional.empty();

    Bfdd(Manner manner, Host host) {
        this.manner = manner;
        this.frr = new Frr(host);
    }

    @Override
    public void start() {
        String configuration = frr.file("bfdd.conf", Texts.bfdd(manner, 1));
        bfdd =
                Optional.of(
                        frr.start("bfdd", "-f", configuration, "--bfdctl", frr.path("bfdd.sock")));
    }

    @Override
    public void kill() {
        bfdd.orElseThrow().destroyForcibly();
        awaitEnd();
    }

    @Override
    public void stop() {
        bfdd.orElseThrow().destroy();
    }

    @Override
    public void awaitEnd() {
        bfdd.orElseThrow().onExit().join();
    }

    @Override
    public void retime(int factor) {
        frr.enter("bfdd", Texts.bfdd(manner, factor));
    }

    @Override
    public String log() {
        return frr.log();
    }
}
