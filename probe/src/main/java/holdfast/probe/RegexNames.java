package holdfast.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names of the groups of a pattern, and which groups are spoken of.
final class RegexNames {

    private final Map<String, List<Integer>> groups = new LinkedHashMap<>();
    private int needed;

    void add(String name, int group, boolean again) throws RegexSyntax {
        List<Integer> known = groups.computeIfAbsent(name, _ -> new ArrayList<>());
        if (!known.isEmpty() && !known.contains(group) && !again) {
            throw new RegexSyntax("there are two groups '" + name + "'");
        }
        known.add(group);
    }

    /// The groups of a name that stands before.
    List<Integer> groups(String name) throws RegexSyntax {
        List<Integer> known = groups.get(name);
        if (known == null) {
            throw new RegexSyntax("there is no group '" + name + "'");
        }
        return known;
    }

    /// Notes that a group is spoken of, which may stand behind.
    void need(int group) {
        needed = Math.max(needed, group);
    }

    void check(int count) throws RegexSyntax {
        if (needed > count) {
            throw new RegexSyntax("there is no group " + needed);
        }
    }
}
