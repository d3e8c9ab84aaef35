package holdfast.lab.equality;

/// What happens, one after another.
enum Step {
    START("start"),
    FIRST_DOWN("1 down"),
    SECOND_DOWN("2 down"),
    THIRD_DOWN("3 down"),
    SAME("reload, all down"),
    THIRD_UP("3 up"),
    SECOND_UP("2 up"),
    FIRST_UP("1 up"),
    WEIGHED("a script says 11"),
    CHANGED("reload with changes"),
    ALL_DOWN("3, 2, 1 down"),
    REVERTED("reload back"),
    ALL_UP("1, 2, 3 up"),
    STOP("stop");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
