package holdfast.vrrp;

import holdfast.net.IpAddress;
import java.util.HashMap;
import java.util.Map;

/// The numbers of authenticated adverts, ours and those of others, so that none counts twice.
///
/// Whoever speaks goes on from the highest number that anybody has used: then a router that starts
/// anew is believed as soon as it has heard one advert of another.
final class SequenceNumbers {

    /// From here on numbers start again, and the next from this sender may be any.
    private static final long END = 0xFFFF_FFFDL;

    private final Map<IpAddress, Long> heard = new HashMap<>();
    private long highest;

    /// A number to send with.
    long next() {
        highest = highest >= END ? 1 : highest + 1;
        return highest;
    }

    boolean isFresh(IpAddress source, long number) {
        long last = heard.getOrDefault(source, 0L);
        return number > last || last >= END;
    }

    /// Remembers the number of an advert that is known to be genuine.
    void heard(IpAddress source, long number) {
        heard.put(source, number);
        highest = Math.max(highest, number);
    }
}
