package holdfast.lab;

import java.time.Instant;

/// One packet as tcpdump tells it: when it passed, and its line of text.
///
/// Immutable.
public record Packet(Instant at, String text) {

    /// The word before the arrow: who sent it, when tcpdump was asked for addresses only.
    public String source() {
        String before = text.substring(0, Math.max(0, text.indexOf(" > ")));
        return before.substring(before.lastIndexOf(' ') + 1);
    }
}
