package holdfast.sim;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Leaves out of a failing play what the failure does not need.
final class Shrinking {

    /// How many misfortunes a story has at most.
    static final int MISFORTUNES_MAX = 20;

    private Shrinking() {}

    /// The play with as few misfortunes as still break the same law.
    static Play of(Kind kind, Play play, Rule law) {
        Play least = play;
        Play fair = new Play(play.seed(), play.without(), true);
        if (breaks(kind, fair, law)) {
            least = fair;
        }
        for (int number = 1; number <= MISFORTUNES_MAX; number++) {
            Set<Integer> without = new HashSet<>(least.without());
            without.add(number);
            Play less = new Play(play.seed(), without, least.fair());
            if (breaks(kind, less, law)) {
                least = less;
            }
        }
        return least;
    }

    /// The arguments that play it again.
    static String words(Kind kind, Play play) {
        StringBuilder words = new StringBuilder(kind.option() + "--seed ").append(play.seed());
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

    private static boolean breaks(Kind kind, Play play, Rule law) {
        try {
            kind.run(play, new Coverage(), false, _ -> {});
            return false;
        } catch (Violation violation) {
            return violation.law() == law;
        }
    }
}
