package holdfast.daemon.watch;

/// Room for what the kernel tells of processes.
///
/// @param bytes 0 for the system's default
/// @param forced whether the system's limit is overruled
public record ProcessBuffer(int bytes, boolean forced) {

    public static final ProcessBuffer USUAL = new ProcessBuffer(0, false);
}
