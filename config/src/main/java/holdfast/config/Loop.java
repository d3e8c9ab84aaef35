package holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line that is read again for each value of its variables: `~SEQ`, `~SEQx`, `~LST`
/// (configuration language specification, section 9).
sealed interface Loop {

    /// What to read again.
    Line text();

    /// How often.
    long count();

    List<String> variables();

    /// The values of the variables in one round, counted from zero.
    List<String> round(long index);

    record Sequence(
            String variable, long start, long step, long count, boolean hexadecimal, Line text)
            implements Loop {
        @Override
        public List<String> variables() {
            return List.of(variable);
        }

        @Override
        public List<String> round(long index) {
            long value = start + index * step;
            return List.of(hexadecimal ? Long.toHexString(value) : Long.toString(value));
        }
    }

    record Table(List<String> variables, List<List<String>> rows, Line text) implements Loop {
        @Override
        public long count() {
            return rows.size();
        }

        @Override
        public List<String> round(long index) {
            return rows.get((int) index);
        }
    }

    /// What reading the head of a loop came to.
    sealed interface Read {
        record Good(Loop loop) implements Read {}

        record Bad(String reason) implements Read {}
    }

    Pattern HEAD = Pattern.compile("~(SEQx?|LST)[ \\t]*\\(");
    Pattern PART = Pattern.compile("[ \\t]*(?:\\{([^{}]*)\\}|([^{},]*))[ \\t]*(,|$)");
    long NUMBER_MAX = 1L << 32;

    static boolean isAt(Line line) {
        return line.text().startsWith("~SEQ") || line.text().startsWith("~LST");
    }

    /// Reads the head of a loop, the names in its parentheses replaced by their values.
    static Read parse(Line line, Definitions definitions, String directory) {
        Matcher head = HEAD.matcher(line.text());
        int close = line.text().indexOf(')');
        if (!head.lookingAt() || close < head.end()) {
            return new Read.Bad("a loop looks like ~SEQ(var, first, last) or ~LST(var, a, b)");
        }
        Line inside = line.between(head.end(), close);
        String arguments = definitions.expand(inside, directory, false).line().text();
        Line text = line.from(close + 1).strip();
        return head.group(1).equals("LST")
                ? table(arguments, text)
                : sequence(arguments, head.group(1).equals("SEQx"), text);
    }

    private static Read sequence(String arguments, boolean hexadecimal, Line text) {
        String[] words = arguments.split(",", -1);
        if (words.length < 2 || words.length > 4 || !Definitions.isName(words[0].strip())) {
            return new Read.Bad("~SEQ takes a name and one to three numbers");
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            Optional<Long> number = Scalars.anyBase(words[i].strip());
            if (number.filter(value -> Math.abs(value) <= NUMBER_MAX).isEmpty()) {
                return new Read.Bad("'" + words[i].strip() + "' is not a number that ~SEQ can use");
            }
            numbers.add(number.get());
        }
        long end = numbers.getLast();
        long start = numbers.size() > 1 ? numbers.getFirst() : end < 0 ? -1 : 1;
        long step = numbers.size() == 3 ? numbers.get(1) : end < start ? -1 : 1;
        if (step == 0 || end > start && step < 0 || end < start && step > 0) {
            return new Read.Bad(
                    "steps of %d do not lead from %d to %d".formatted(step, start, end));
        }
        if (hexadecimal && Math.min(start, end) < 0) {
            return new Read.Bad("~SEQx cannot write negative numbers");
        }
        long count = (end - start) / step + 1;
        return new Read.Good(new Sequence(words[0].strip(), start, step, count, hexadecimal, text));
    }

    private static Read table(String arguments, Line text) {
        Optional<List<List<String>>> groups = groups(arguments);
        if (groups.isEmpty() || groups.get().size() < 2) {
            return new Read.Bad("~LST takes a name, or {names}, and for each round a value");
        }
        List<String> variables = groups.get().getFirst();
        if (variables.isEmpty() || !variables.stream().allMatch(Definitions::isName)) {
            return new Read.Bad("'" + String.join(",", variables) + "' cannot be names");
        }
        List<List<String>> rows = new ArrayList<>();
        for (List<String> group : groups.get().subList(1, groups.get().size())) {
            if (group.size() > variables.size()) {
                return new Read.Bad(
                        "{%s} are more values than there are names"
                                .formatted(String.join(",", group)));
            }
            List<String> row = new ArrayList<>(group);
            while (row.size() < variables.size()) {
                row.add("");
            }
            rows.add(List.copyOf(row));
        }
        return new Read.Good(new Table(variables, List.copyOf(rows), text));
    }

    /// The parts between commas, a part in braces as the list it is. Empty if the text is bad.
    private static Optional<List<List<String>>> groups(String arguments) {
        List<List<String>> groups = new ArrayList<>();
        Matcher part = PART.matcher(arguments);
        int at = 0;
        boolean more = true;
        while (more) {
            if (!part.region(at, arguments.length()).lookingAt()) {
                return Optional.empty();
            }
            boolean braces = part.group(1) != null;
            List<String> group = new ArrayList<>();
            for (String word : (braces ? part.group(1) : part.group(2)).split(",", -1)) {
                group.add(word.strip());
            }
            if (group.stream().anyMatch(word -> word.chars().anyMatch(c -> c <= ' '))) {
                return Optional.empty();
            }
            groups.add(List.copyOf(group));
            at = part.end();
            more = part.group(3).equals(",");
        }
        return Optional.of(List.copyOf(groups));
    }
}
