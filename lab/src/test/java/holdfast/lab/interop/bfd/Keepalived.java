package holdfast.lab.interop.bfd;

import holdfast.lab.Daemon;
import holdfast.lab.Host;
import holdfast.lab.Software;

/// keepalived as a neighbour.
final class Keepalived implements Neighbour {

    private final Manner manner;
    private final Daemon daemon;

    Keepalived(Manner manner, Host host) {
        this.manner = manner;
        this.daemon = Daemon.of(Software.KEEPALIVED, host, Texts.keepalived(manner, 1));
    }

    @Override
    public void start() {
        daemon.configure(Texts.keepalived(manner, 1));
        daemon.start();
    }

    @Override
    public void kill() {
        daemon.kill();
    }

    @Override
    public void stop() {
        daemon.signal("TERM");
    }

    @Override
    public void awaitEnd() {
        daemon.awaitEnd();
    }

    @Override
    public void retime(int factor) {
        daemon.reload(Texts.keepalived(manner, factor));
    }

    @Override
    public String log() {
        return daemon.log();
    }
}
