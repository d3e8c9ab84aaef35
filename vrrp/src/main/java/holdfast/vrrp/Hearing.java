package holdfast.vrrp;

import java.time.Duration;

/// From when on a host listens, and what it tells of what is not for it.
///
/// @param delayAfterBoot so long after the start of the host adverts are read and thrown away, and
///     no timer runs
/// @param tellsUnknownRouters whether adverts are told that are for no virtual router of this host
public record Hearing(Duration delayAfterBoot, boolean tellsUnknownRouters) {

    public static final Hearing USUAL = new Hearing(Duration.ZERO, false);
}
