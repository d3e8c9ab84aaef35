package holdfast.vrrp;

/// What a tracked thing does to the priority (VRRP specification, section 10).
///
/// @param value -254 to 254; zero means FAULT instead of an adjustment
/// @param reverse turns good and bad round
public record Weight(int value, boolean reverse) {

    public static final Weight FAULT = new Weight(0, false);

    public Weight {
        if (value < -254 || value > 254) {
            throw new IllegalArgumentException("weight out of range: " + value);
        }
    }
}
