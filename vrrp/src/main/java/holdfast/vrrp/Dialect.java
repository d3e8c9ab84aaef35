package holdfast.vrrp;

/// What one router remembers for writing and reading adverts. It stays over new orders.
record Dialect(SequenceNumbers numbers, Checksums checksums, Trailers trailers) {

    static Dialect of(VrrpSpec spec, WallClock clock) {
        return new Dialect(new SequenceNumbers(), new Checksums(spec), new Trailers(spec, clock));
    }

    void respecify(VrrpSpec next) {
        checksums.respecify(next);
        trailers.respecify(next);
    }
}
