package holdfast.lab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The time between one advert of an instance and its next.
final class Gaps {

    private Gaps() {}

    /// By how much each gap differs from the interval; the instances are told apart by their vrid.
    static List<Duration> deviations(List<Advert> adverts, Duration interval) {
        Map<Integer, Instant> lastAt = new HashMap<>();
        List<Duration> deviations = new ArrayList<>();
        for (Advert advert : adverts) {
            Instant last = lastAt.put(advert.vrid(), advert.at());
            if (last != null) {
                deviations.add(Duration.between(last, advert.at()).minus(interval).abs());
            }
        }
        return deviations;
    }
}
