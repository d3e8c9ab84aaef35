package holdfast.sim;

import holdfast.vrrp.VrrpEvent;
import java.util.Optional;

/// Something that happened and waits to be heard; only then it shows whether it is an event.
@FunctionalInterface
interface Hearing {
    Optional<VrrpEvent> hear();
}
