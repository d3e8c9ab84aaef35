package holdfast.config;

import holdfast.bfd.BfdSpec;
import java.util.List;

/// The sessions of BFD of a host, and who is told how they are.
///
/// @param toVrrp the names of those that virtual routers may track
/// @param toCheckers the names of those that real servers may be judged by
public record BfdOrders(BfdSpec spec, List<String> toVrrp, List<String> toCheckers) {

    public static final BfdOrders NOTHING = new BfdOrders(BfdSpec.NOTHING, List.of(), List.of());

    public BfdOrders {
        toVrrp = List.copyOf(toVrrp);
        toCheckers = List.copyOf(toCheckers);
    }
}
