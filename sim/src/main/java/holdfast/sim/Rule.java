package holdfast.sim;

/// Something that must always be so.
public interface Rule {

    String name();

    /// What must be so, in words.
    String sentence();
}
