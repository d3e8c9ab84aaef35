package holdfast.daemon;

/// The roles that a daemon may have.
enum RoleName {
    VRRP("virtual routers"),
    BFD("sessions of BFD"),
    CHECKERS("checkers");

    private final String words;

    RoleName(String words) {
        this.words = words;
    }

    /// For people, behind "the".
    String words() {
        return words;
    }
}
