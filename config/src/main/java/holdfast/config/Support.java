package holdfast.config;

/// What comes of a keyword that is understood.
enum Support {
    FULL,
    PARTIAL,
    /// Known, and without effect yet; whoever uses it is told.
    IGNORED_WITH_WARNING,
    /// Known, and nothing is lost by doing nothing.
    IGNORED_RIGHTLY,
    /// An old spelling; its canonical one has the effect.
    DEPRECATED
}
