package holdfast.sim;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Leaves out of a failing play what the failure does not need.
final class Shrinking {

    private Shrinking() {}

    /// The play with as few misfortunes as still break the same law.
    static Scenario.Play of(Scenario.Play play, Law law) {
        Scenario.Play least = play;
        Scenario.Play fair = new Scenario.Play(play.seed(), play.without(), true);
        if (breaks(fair, law)) {
            least = fair;
        }
        for (int number = 1; number <= Scenario.MISFORTUNES_MAX; number++) {
            Set<Integer> without = new HashSet<>(least.without());
            without.add(number);
            Scenario.Play less = new Scenario.Play(play.seed(), without, least.fair());
            if (breaks(less, law)) {
                least = less;
            }
        }
        return least;
    }

    /// The arguments that play it again.
    static String words(Scenario.Play play) {
        StringBuilder words = new StringBuilder("--seed ").append(play.seed());
        if (play.fair()) {
            words.append(" --fair");
        }
        if (!play.without().isEmpty()) {
            words.append(" --without ");
            String comma = "";
            for (int number : new TreeSet<>(play.without())) {
                words.append(comma).append(number);
                comma = ",";
            }
        }
        return words.toString();
    }

    private static boolean breaks(Scenario.Play play, Law law) {
        try {
            Scenario.run(play, new Coverage(), false, _ -> {});
            return false;
        } catch (Violation violation) {
            return violation.law() == law;
        }
    }
}
