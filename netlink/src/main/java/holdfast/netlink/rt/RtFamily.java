package holdfast.netlink.rt;

import holdfast.net.Family;
import java.util.Optional;

/// Address families by the kernel's number.
final class RtFamily {

    private RtFamily() {}

    static Optional<Family> of(int number) {
        for (Family family : Family.values()) {
            if (family.number() == number) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }
}
