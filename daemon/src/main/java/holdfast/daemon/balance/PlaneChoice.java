package holdfast.daemon.balance;

import holdfast.config.GlobalSpec.Backend;
import holdfast.daemon.Level;
import holdfast.daemon.Reporter;
import holdfast.linux.SyscallException;
import java.io.IOException;
import java.util.Optional;

/// Which data plane this host gets.
final class PlaneChoice {

    private PlaneChoice() {}

    /// The plane that is asked for; IPVS where it can be had, if either will do.
    static DataPlane open(Backend backend, Reporter reporter) throws IOException {
        DataPlane plane =
                switch (backend) {
                    case IPVS ->
                            ipvs().orElseThrow(
                                            () ->
                                                    new IOException(
                                                            "this kernel has no IPVS, and module"
                                                                    + " ip_vs cannot be loaded"));
                    case NFTABLES -> new NftablesPlane();
                    case AUTO -> {
                        Optional<DataPlane> ipvs = ipvs();
                        if (ipvs.isEmpty()) {
                            reporter.log(
                                    Level.NOTICE,
                                    "This kernel has no IPVS: services go over nftables, by NAT");
                        }
                        yield ipvs.isPresent() ? ipvs.get() : new NftablesPlane();
                    }
                };
        reporter.log(Level.INFO, "Virtual services are carried by " + plane.name());
        return plane;
    }

    private static Optional<DataPlane> ipvs() throws SyscallException {
        return IpvsPlane.open().map(plane -> plane);
    }
}
