package holdfast.daemon.balance;

import holdfast.config.GlobalSpec;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.daemon.kernel.IpvsHome;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.util.Optional;

/// Which data plane this host gets.
final class PlaneChoice {

    private PlaneChoice() {}

    /// The plane that is asked for; IPVS where it can be had, if either will do.
    static DataPlane open(GlobalSpec global, Reporter reporter) throws IOException {
        IpvsHome home = IpvsHome.ofChild(global.namespaces());
        DataPlane plane =
                switch (global.backend()) {
                    case IPVS ->
                            ipvs(home)
                                    .orElseThrow(
                                            () ->
                                                    new IOException(
                                                            "this kernel has no IPVS, and module"
                                                                    + " ip_vs cannot be loaded"));
                    case NFTABLES -> new NftablesPlane();
                    case AUTO -> {
                        Optional<DataPlane> ipvs = ipvs(home);
                        if (ipvs.isEmpty()) {
                            reporter.log(
                                    Level.NOTICE,
                                    "This kernel has no IPVS: services go over nftables");
                        }
                        yield ipvs.isPresent() ? ipvs.get() : new NftablesPlane();
                    }
                };
        reporter.log(Level.INFO, "Virtual services are carried by " + plane.name());
        return plane;
    }

    private static Optional<DataPlane> ipvs(IpvsHome home) throws SyscallException {
        return IpvsPlane.open(home).map(plane -> plane);
    }
}
