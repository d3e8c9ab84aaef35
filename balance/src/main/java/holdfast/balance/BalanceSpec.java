package holdfast.balance;

import java.util.List;

/// All that one host is told to do about load balancing.
///
/// @param initNotifies `rs_init_notifies`: servers' notify scripts run for the initial state too
/// @param sharesProbes checkers that would ask the same at the same pace ask together
public record BalanceSpec(
        List<VirtualServerSpec> services, boolean initNotifies, boolean sharesProbes) {

    public static final BalanceSpec EMPTY = new BalanceSpec(List.of(), false, true);

    public BalanceSpec {
        services = List.copyOf(services);
    }
}
