package holdfast.daemon;

import holdfast.config.Configuration;
import holdfast.config.Diagnostic;
import holdfast.config.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reload does with a configuration that was read (runtime specification, section 13).
sealed interface ReloadPlan {

    /// Everything stays as it is.
    ///
    /// @param reasons each a sentence for people
    record Refuse(List<String> reasons) implements ReloadPlan {
        public Refuse {
            reasons = List.copyOf(reasons);
        }
    }

    /// Every role is told its new orders.
    record Accept(Configuration next, Checkers checkers) implements ReloadPlan {}

    /// What happens to the process of the checkers.
    enum Checkers {
        STAY_AWAY,
        START,
        RESPECIFY,
        STOP
    }

    /// @param found whether there was a file at all
    /// @param checkersRun whether their process is there, or about to be restarted
    static ReloadPlan of(
            Configuration running,
            Loaded read,
            boolean found,
            Options options,
            boolean checkersRun) {
        List<String> reasons = new ArrayList<>();
        if (!found) {
            reasons.add("the configuration file cannot be read");
        }
        if (!read.reloadable()) {
            read.diagnostics().stream()
                    .filter(one -> one.severity() == Diagnostic.Severity.ERROR)
                    .findFirst()
                    .ifPresentOrElse(
                            first -> reasons.add(first.toString()),
                            () -> reasons.add("it is not complete"));
        }
        Configuration next = read.configuration();
        if (!next.global().instance().equals(running.global().instance())) {
            reasons.add("the name of the whole instance cannot change without a restart");
        }
        if (!next.global().namespaces().equals(running.global().namespaces())) {
            reasons.add("network namespaces cannot change without a restart");
        }
        if (next.global().disableLocalIgmp() != running.global().disableLocalIgmp()) {
            reasons.add("disable_local_igmp cannot change without a restart");
        }
        if (checkersRun && next.global().backend() != running.global().backend()) {
            reasons.add("lvs_backend cannot change without a restart");
        }
        return reasons.isEmpty()
                ? new Accept(next, checkers(wantsCheckers(next, options), checkersRun))
                : new Refuse(reasons);
    }

    /// The same, unless there is another reason to refuse.
    default ReloadPlan unless(Optional<String> reason) {
        if (reason.isEmpty()) {
            return this;
        }
        List<String> reasons = new ArrayList<>();
        if (this instanceof Refuse(var before)) {
            reasons.addAll(before);
        }
        reasons.add(reason.get());
        return new Refuse(reasons);
    }

    static boolean wantsCheckers(Configuration configuration, Options options) {
        return options.checkers() && configuration.services() > 0;
    }

    static boolean wantsVrrp(Configuration configuration, Options options) {
        return options.vrrp() && !configuration.vrrp().instances().isEmpty();
    }

    static boolean wantsBfd(Configuration configuration, Options options) {
        return options.bfd() && !configuration.bfd().spec().sessions().isEmpty();
    }

    private static Checkers checkers(boolean wanted, boolean run) {
        if (run) {
            return wanted ? Checkers.RESPECIFY : Checkers.STOP;
        }
        return wanted ? Checkers.START : Checkers.STAY_AWAY;
    }
}
