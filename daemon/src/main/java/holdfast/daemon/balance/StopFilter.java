package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect;
import holdfast.config.GlobalSpec.LvsFlushOnStop;

/// What a stop leaves out (`lvs_flush_on_stop`): where services go as a whole, rows need not go
/// one by one, and nobody is told of each server.
record StopFilter(LvsFlushOnStop flush) {

    boolean passes(BalanceEffect effect) {
        return switch (flush) {
            case NO -> true;
            case SERVICES ->
                    switch (effect) {
                        case BalanceEffect.RemoveDestination _,
                                BalanceEffect.ServerTurned _,
                                BalanceEffect.ServerRemoved _ ->
                                false;
                        default -> true;
                    };
            case ALL ->
                    switch (effect) {
                        case BalanceEffect.PlaneCommand _,
                                BalanceEffect.ServerTurned _,
                                BalanceEffect.ServerRemoved _ ->
                                false;
                        default -> true;
                    };
        };
    }

    /// Whether all services of the kernel go, also those of others.
    boolean flushes() {
        return flush == LvsFlushOnStop.ALL;
    }
}
