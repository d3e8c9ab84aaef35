package holdfast.lab.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// How a pair of routers speaks: the version, `advert_int` in seconds as it is written, and the
/// priority of the one that stands by.
///
/// Immutable.
record Timing(int version, String advertInt, int priority) {

    private static final int PRIORITIES = 256;

    Duration interval() {
        return Duration.ofNanos(new BigDecimal(advertInt).movePointRight(9).longValueExact());
    }

    /// RFC 3768, section 6.1, counts it in parts of a second, and RFC 9568, section 6.1, in parts
    /// of the interval.
    Duration skew() {
        Duration whole = version == 2 ? Duration.ofSeconds(1) : interval();
        return whole.multipliedBy(PRIORITIES - priority).dividedBy(PRIORITIES);
    }

    /// How long after the last advert a master counts as gone.
    Duration masterDown() {
        return interval().multipliedBy(3).plus(skew());
    }

    /// A part of the interval.
    Duration part(int numerator, int denominator) {
        return interval().multipliedBy(numerator).dividedBy(denominator);
    }

    /// The next moment after `earliest` that lies so far behind an advert, when one was seen at
    /// `advert`.
    Instant phaseAfter(Instant advert, Duration phase, Instant earliest) {
        Duration since = Duration.between(advert.plus(phase), earliest);
        long intervals = since.isNegative() ? 0 : since.dividedBy(interval()) + 1;
        return advert.plus(phase).plus(interval().multipliedBy(intervals));
    }

    @Override
    public String toString() {
        return "advert_int %s (v%d)".formatted(advertInt, version);
    }
}
