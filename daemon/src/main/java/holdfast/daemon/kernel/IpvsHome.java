package holdfast.daemon.kernel;

import holdfast.config.NamespaceSpec;
import holdfast.config.NamespaceSpec.Ipvs;
import holdfast.linux.Namespaces;
import holdfast.linux.NetlinkSocket;
import holdfast.linux.Scheduling;
import holdfast.linux.SyscallException;
import java.nio.file.Path;
import java.util.Optional;

/// The network namespace whose virtual services we command.
///
/// @param path empty for that of the calling thread
public record IpvsHome(Optional<Path> path) {

    public static final IpvsHome HERE = new IpvsHome(Optional.empty());

    /// As the main process sees it.
    public static IpvsHome ofMain(NamespaceSpec spec) {
        return of(spec, Scheduling.pid());
    }

    /// As a process that the main process has started sees it.
    public static IpvsHome ofChild(NamespaceSpec spec) {
        return of(spec, Scheduling.parentPid());
    }

    /// The JVM runs `main` on a second thread. The first one stays where the process began, and is
    /// the one that `/proc` shows for the process.
    private static IpvsHome of(NamespaceSpec spec, int mainPid) {
        return switch (spec.ipvs()) {
            case Ipvs.AsTheRest() -> HERE;
            case Ipvs.WhereWeStarted() ->
                    new IpvsHome(Optional.of(Path.of("/proc/" + mainPid + "/ns/net")));
            case Ipvs.Named(var name) -> new IpvsHome(Optional.of(Namespaces.named(name)));
        };
    }

    /// A socket whose commands are carried out there.
    public NetlinkExchange open() throws SyscallException {
        return path.isEmpty() ? exchange() : Namespaces.inNetwork(path.get(), IpvsHome::exchange);
    }

    private static NetlinkExchange exchange() throws SyscallException {
        return new NetlinkExchange(NetlinkSocket.Protocol.GENERIC);
    }
}
