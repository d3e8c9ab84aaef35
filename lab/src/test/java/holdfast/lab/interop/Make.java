package holdfast.lab.interop;

/// A program that speaks VRRP.
enum Make {
    HOLDFAST("Holdfast"),
    KEEPALIVED("keepalived"),
    FRR("FRR");

    private final String title;

    Make(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
