package holdfast.daemon;

/// Gives the memory back that reading a large configuration took.
final class GivingBack {

    /// Below this there is nothing that a usual collection would not find in time.
    private static final int LARGE_BYTES = 512 * 1024;

    private GivingBack() {}

    /// Stops all threads of the process for a moment, if the text that was read was large: for when
    /// there is nobody yet who must not be late.
    static void after(int textBytes) {
        if (textBytes > LARGE_BYTES) {
            System.gc();
        }
    }
}
