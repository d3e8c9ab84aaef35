package holdfast.lab.equality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// What the kernel held under both programs, as a page. Immutable.
record Ledger(List<Shape> shapes, Map<Step, Plane> theirs, Map<Step, Plane> ours) {

    private static final String INTRODUCTION =
            """
            # What IPVS holds

            Written by `tools/equality`; do not edit. `make test` plays all of it again and compares
            it with this page.

            Each virtual server stands over three servers with a check by TCP. What happens to them
            happens to Debian's keepalived 2.2.7 first, and then to Holdfast; after each step, all
            that `ipvsadm` shows of the kernel is compared: services with scheduler, flags and
            persistence, and their rows in the order of the kernel with forwarding, tunnel, weight
            and thresholds. It is the same, but where a number stands.

            A cell says which servers have a row; `S` is the sorry server, `2×5` the second server
            with weight 5 (others have 1), and `–` a service without rows. Several services of a
            group are counted. Where the programs differ, Holdfast comes second.
            """;

    /// Differences that no remark explains, and remarks that explain none.
    List<String> surprises() {
        List<String> surprises = new ArrayList<>();
        for (Shape shape : shapes) {
            for (Step step : Step.values()) {
                List<String> them = rows(theirs, step, shape);
                List<String> us = rows(ours, step, shape);
                if (them.equals(us) == shape.remark(step).isPresent()) {
                    surprises.add(
                            "%d %s, at '%s':%n  %s%n  %s"
                                    .formatted(
                                            shape.number(),
                                            shape.title(),
                                            step,
                                            String.join("\n  ", them),
                                            them.equals(us)
                                                    ? "under both"
                                                    : "and not\n  " + String.join("\n  ", us)));
                }
            }
            if (rows(theirs, Step.START, shape).size() < 2) {
                surprises.add(shape.number() + " " + shape.title() + ": nothing there at all");
            }
        }
        return surprises;
    }

    private static List<String> rows(Map<Step, Plane> planes, Step step, Shape shape) {
        return Objects.requireNonNull(planes.get(step)).of(shape);
    }

    String markdown() {
        var text = new StringBuilder(INTRODUCTION).append("\n| Virtual server |");
        for (Step step : Step.values()) {
            text.append(" ").append(step).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Step.values().length)).append("\n");
        for (Shape shape : shapes) {
            text.append("| ").append(code(shape.title()));
            if (!shape.changes().isEmpty()) {
                text.append("; ").append(code(shape.changes()));
            }
            text.append(" |");
            for (Step step : Step.values()) {
                text.append(" ").append(cell(shape, step)).append(" |");
            }
            text.append("\n");
        }
        text.append("\n## Remarks\n\n");
        for (Remark remark : known()) {
            text.append("%d. %s\n".formatted(number(remark), remark.text()));
        }
        return text.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "NAT by `rr`" : "`" + text.replace("|", "\\|") + "`";
    }

    private List<Remark> known() {
        TreeSet<Remark> known = new TreeSet<>();
        shapes.forEach(shape -> known.addAll(shape.known().values()));
        return List.copyOf(known);
    }

    private int number(Remark remark) {
        return known().indexOf(remark) + 1;
    }

    private String cell(Shape shape, Step step) {
        String them = words(rows(theirs, step, shape));
        String us = words(rows(ours, step, shape));
        Optional<Remark> remark = shape.remark(step);
        if (remark.isEmpty()) {
            return us;
        }
        String both = them.equals(us) ? us : them + "; " + us;
        return both + " (" + number(remark.get()) + ")";
    }

    /// `1 2 3`, or `10 × 1 2 3` where that many services have the same.
    private static String words(List<String> lines) {
        List<String> services = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith(" ")) {
                services.add("");
            } else {
                String row = row(line.strip().split(" "));
                services.add((services.removeLast() + " " + row).strip());
            }
        }
        List<String> words = new ArrayList<>();
        for (String kind : new TreeSet<>(services)) {
            long count = services.stream().filter(kind::equals).count();
            words.add((count > 1 ? count + " × " : "") + (kind.isEmpty() ? "–" : kind));
        }
        return String.join(", ", words);
    }

    private static String row(String[] words) {
        String address = words[0].substring(0, words[0].lastIndexOf(':')).replace("]", "");
        String last =
                address.substring(Math.max(address.lastIndexOf('.'), address.lastIndexOf(':')) + 1);
        String weight = words[3].equals("1") ? "" : "×" + words[3];
        return switch (last) {
            case "99" -> "S" + weight;
            case "98" -> "S′" + weight;
            default -> last + weight;
        };
    }
}
