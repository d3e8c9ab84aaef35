package holdfast.daemon.balance;

import holdfast.balance.BalanceEffect.AddDestination;
import holdfast.balance.BalanceEffect.AddService;
import holdfast.balance.BalanceEffect.EditDestination;
import holdfast.balance.BalanceEffect.EditService;
import holdfast.balance.BalanceEffect.RemoveDestination;
import holdfast.balance.BalanceEffect.RemoveService;

/// Refusals of a data plane, for people.
final class PlaneWords {

    private PlaneWords() {}

    static String of(DataPlane.Refusal refusal) {
        String attempt =
                switch (refusal.command()) {
                    case AddService(var service) -> "add " + service.key();
                    case EditService(var service) -> "change " + service.key();
                    case RemoveService(var key) -> "remove " + key;
                    case AddDestination(var key, var row) -> "add " + row.endpoint() + " to " + key;
                    case EditDestination(var key, var row) ->
                            "change " + row.endpoint() + " of " + key;
                    case RemoveDestination(var key, var endpoint) ->
                            "remove " + endpoint + " from " + key;
                };
        return "Cannot " + attempt + ": " + refusal.reason();
    }
}
