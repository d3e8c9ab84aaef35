package holdfast.lab.bench;

/// What Holdfast's figure ought to be, and whether it is.
///
/// Immutable.
record Target(String words, boolean met) {}
