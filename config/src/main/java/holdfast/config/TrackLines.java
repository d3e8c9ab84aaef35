package holdfast.config;

import holdfast.vrrp.Tracking;
import holdfast.vrrp.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the lines of `track_interface`, `track_script`, and the other tracking lists:
/// `NAME [weight N [reverse|noreverse]]`.
final class TrackLines {

    private static final int WEIGHT_MAX = 254;

    /// Of interfaces and scripts, more is taken for this.
    private static final int COMMON_MAX = 253;

    private static final String SESSION = "bfd_instance";

    private final Findings findings;

    TrackLines(Findings findings) {
        this.findings = findings;
    }

    /// The items of a list whose names are known.
    ///
    /// @param known what may be tracked, with the weight each has unless its line says otherwise
    List<Tracking.Item> read(Entry list, String what, Map<String, Weight> known) {
        List<Tracking.Item> items = new ArrayList<>();
        for (Statement line : list.lines()) {
            Word name = line.keyword();
            Optional<Weight> usual = Optional.ofNullable(known.get(name.text()));
            if (usual.isEmpty()) {
                unknown(name, what, known);
            } else if (items.stream().anyMatch(item -> item.name().equals(name.text()))) {
                findings.error(name, "'" + name.text() + "' is tracked already");
            } else {
                weight(line, usual.get(), what)
                        .ifPresent(weight -> items.add(new Tracking.Item(name.text(), weight)));
            }
        }
        return items;
    }

    private void unknown(Word name, String what, Map<String, Weight> known) {
        String message = "there is no %s '%s'".formatted(what, name.text());
        Optional<String> near = Nearest.of(name.text(), known.keySet());
        if (near.isPresent()) {
            findings.error(name, message, "did you mean '" + near.get() + "'?");
        } else {
            findings.error(
                    name, message, what.equals("interface") ? "" : "define it before its use");
        }
    }

    private Optional<Weight> weight(Statement line, Weight usual, String what) {
        int widest = what.equals(SESSION) ? COMMON_MAX : WEIGHT_MAX;
        boolean common = what.equals("interface") || what.equals("vrrp_script");
        int most = common ? COMMON_MAX : WEIGHT_MAX;
        List<Word> words = line.words();
        if (words.isEmpty()) {
            return Optional.of(usual);
        }
        if (!words.getFirst().text().equals("weight") || words.size() < 2) {
            findings.error(words.getFirst(), "expected 'weight' and a number");
            return Optional.of(usual);
        }
        Scalar<Long> number = Scalars.integer(words.get(1).text(), -widest, widest);
        if (number.value().isEmpty()) {
            findings.error(words.get(1), "weight: " + number.complaint().orElse(""));
            return Optional.of(usual);
        }
        boolean reverse = usual.reverse();
        if (words.size() > 2) {
            String order = words.get(2).text();
            if (!order.equals("reverse") && !order.equals("noreverse")) {
                findings.error(words.get(2), "expected 'reverse' or 'noreverse'");
            }
            reverse = order.equals("reverse");
        }
        int value = Math.clamp(number.value().get(), -most, most);
        return Optional.of(new Weight(value, reverse));
    }
}
