package holdfast.config;

import java.util.BitSet;

/// The HTTP statuses that a check accepts: `200`, or `200-299`.
final class StatusCodes {

    private static final int LEAST = 100;
    private static final int GREATEST = 599;

    private StatusCodes() {}

    static Scalar<BitSet> read(String text) {
        int dash = text.indexOf('-', 1);
        Scalar<Long> from =
                Scalars.integer(dash < 0 ? text : text.substring(0, dash), LEAST, GREATEST);
        Scalar<Long> to =
                dash < 0 ? from : Scalars.integer(text.substring(dash + 1), LEAST, GREATEST);
        if (from.value().isEmpty() || to.value().isEmpty()) {
            return Scalar.refused(from.complaint().or(to::complaint).orElse(text));
        }
        int first = from.value().get().intValue();
        int last = to.value().get().intValue();
        if (first > last) {
            return Scalar.refused("the range %s runs backwards".formatted(text));
        }
        BitSet codes = new BitSet();
        codes.set(first, last + 1);
        return Scalar.of(codes);
    }
}
