package holdfast.probe;

/// How one check ended.
public sealed interface Outcome {

    /// @param weight what the server's weight shall be, when the check says so; otherwise -1
    record Passed(int weight) implements Outcome {
        public static final Passed PLAIN = new Passed(-1);
    }

    /// @param reason in the words a person will read, for example `connection refused`
    record Failed(String reason) implements Outcome {}

    /// The check could not be made, by our own fault; it counts neither way.
    record NotMade(String reason) implements Outcome {}
}
