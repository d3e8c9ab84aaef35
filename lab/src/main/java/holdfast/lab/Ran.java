package holdfast.lab;

/// How a program ended, and what it wrote to its two outputs.
///
/// Immutable.
public record Ran(int exit, String output) {

    public boolean succeeded() {
        return exit == 0;
    }
}
