package holdfast.vrrp;

/// What a tracked thing does to the priority.
///
/// A positive weight is added while the thing is good, a negative one while it is bad; `reverse`
/// turns the sign of what is added. Weight zero means FAULT while the thing is bad, or with
/// `reverse` while it is good.
///
/// @param value -254 to 254
public record Weight(int value, boolean reverse) {

    public static final Weight FAULT = new Weight(0, false);

    public Weight {
        if (value < -254 || value > 254) {
            throw new IllegalArgumentException("weight out of range: " + value);
        }
    }

    /// Whether a thing without a weight is a fault.
    boolean isFault(boolean good) {
        return value == 0 && good == reverse;
    }

    /// What a number counts for.
    long times(int number) {
        long product = (long) value * number;
        return reverse ? -product : product;
    }

    /// What is added to the priority.
    int contribution(boolean good) {
        int added = (value > 0) == good ? value : 0;
        return reverse ? -added : added;
    }
}
