package holdfast.report;

/// One line of the journal, and how much it matters.
public record LogLine(Gravity gravity, String text) {

    /// From what only a search for a fault needs to what must not be overlooked.
    public enum Gravity {
        DETAIL,
        PLAIN,
        NOTABLE,
        GRAVE
    }
}
