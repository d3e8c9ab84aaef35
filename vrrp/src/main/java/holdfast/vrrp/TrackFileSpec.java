package holdfast.vrrp;

import java.util.Optional;

/// A file with a number in it.
///
/// @param path of the file, which need not exist
/// @param init what to write when the program starts, if anything
public record TrackFileSpec(String name, String path, Optional<Init> init) {

    /// What the file says to begin with.
    ///
    /// @param overwrite also when there is a file already
    public record Init(int value, boolean overwrite) {}
}
