package holdfast.vrrp;

import java.time.Duration;

/// Who wins, and how eagerly.
///
/// @param priority the base priority, 1 to 255; 255 is the owner's
/// @param wantsMaster `state MASTER`: the first wait is one interval only
/// @param preempt whether a weaker master is replaced
/// @param preemptDelay how long a weaker master is borne first; zero for not at all
/// @param weakerNoAdvert a master does not answer a weaker advert
/// @param strongerSendAdvert a master answers a stronger advert once before it yields
/// @param ownerIgnoresAdverts an owner drops all it hears
public record Election(
        Priority priority,
        boolean wantsMaster,
        boolean preempt,
        Duration preemptDelay,
        boolean weakerNoAdvert,
        boolean strongerSendAdvert,
        boolean ownerIgnoresAdverts) {

    public static Election of(int priority) {
        return new Election(
                new Priority(priority), priority == 255, true, Duration.ZERO, false, false, false);
    }
}
