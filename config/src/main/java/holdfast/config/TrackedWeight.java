package holdfast.config;

import holdfast.vrrp.Weight;
import java.util.List;
import java.util.Optional;

/// Reads what a thing that can be tracked says of itself, of which the first use counts.
final class TrackedWeight {

    private TrackedWeight() {}

    /// @param usual what it weighs when nothing is said
    static Weight of(Section block, int usual, Findings findings) {
        Weight weight = new Weight(usual, false);
        for (Entry entry : block.all("weight")) {
            if (weight.value() != usual) {
                findings.error(entry.at(), "the weight stands here already");
            } else {
                boolean reverse =
                        entry.wordIfAny(1).map(word -> word.text().equals("reverse")).orElse(false);
                weight = new Weight((int) entry.number(), reverse);
            }
        }
        return weight;
    }

    /// The first of several uses; the others are complained about.
    static Optional<Entry> only(List<Entry> uses, Findings findings) {
        uses.stream()
                .skip(1)
                .forEach(
                        use ->
                                findings.error(
                                        use.at(), "'" + use.name() + "' stands here already"));
        return uses.stream().findFirst();
    }
}
