package holdfast.config;

import holdfast.vrrp.Election;
import holdfast.vrrp.Priority;
import java.time.Duration;
import java.util.Optional;

/// Binds who wins an election, and how eagerly.
final class ElectionBinder {

    private static final int USUAL = 100;

    private final Context context;

    ElectionBinder(Context context) {
        this.context = context;
    }

    Election bind(Section block, boolean strict) {
        boolean stateMaster = block.text("state").equals(Optional.of("MASTER"));
        Priority priority =
                block.number("priority")
                        .map(value -> new Priority(Context.toInt(value)))
                        .orElse(defaultPriority(block, stateMaster));
        boolean owner = priority.value() == Priority.OWNER.value();
        boolean wantsMaster = (stateMaster && !strict) || owner;
        boolean preempt = preempt(block, wantsMaster);
        return new Election(
                priority,
                wantsMaster,
                preempt,
                preemptDelay(block, strict || !preempt || wantsMaster),
                strict || context.flag(block, "lower_prio_no_advert", "vrrp_lower_prio_no_advert"),
                !strict
                        && context.flag(
                                block, "higher_prio_send_advert", "vrrp_higher_prio_send_advert"),
                owner
                        && (strict
                                || context.flag(
                                        block,
                                        "owner_ignore_adverts",
                                        "vrrp_owner_ignore_adverts")));
    }

    /// An initial master that names no priority at all is meant to be the owner.
    private static Priority defaultPriority(Section block, boolean stateMaster) {
        return stateMaster && !block.has("priority") ? Priority.OWNER : new Priority(USUAL);
    }

    private boolean preempt(Section block, boolean wantsMaster) {
        Optional<Entry> last =
                block.entries().stream()
                        .filter(
                                entry ->
                                        entry.name().equals("preempt")
                                                || entry.name().equals("nopreempt"))
                        .reduce((_, later) -> later);
        if (last.isEmpty() || last.get().name().equals("preempt")) {
            return true;
        }
        if (wantsMaster) {
            context.findings()
                    .error(
                            last.get().at(),
                            "'nopreempt' does not go with an initial master; it is ignored",
                            "write 'state BACKUP'");
        }
        return wantsMaster;
    }

    private Duration preemptDelay(Section block, boolean conflict) {
        Optional<Entry> delay = block.last("preempt_delay");
        if (delay.isPresent() && conflict && !delay.get().time().isZero()) {
            context.findings()
                    .error(
                            delay.get().at(),
                            "'preempt_delay' does not go with nopreempt, an initial master, or"
                                    + " strict mode; it is ignored");
            return Duration.ZERO;
        }
        return delay.map(Entry::time).orElse(Duration.ZERO);
    }
}
