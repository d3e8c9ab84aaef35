package holdfast.config;

import holdfast.net.Family;
import holdfast.vrrp.Transport;
import holdfast.vrrp.VirtualAddress;
import java.util.List;
import java.util.Optional;

/// What an instance may not say when it is told to keep to the standard (`strict_mode`).
///
/// Words that ask for less than the standard are complained about and have no effect. What strict
/// mode changes without a word, such as that nobody is answered who ranks lower, the other binders
/// know.
final class StrictRules {

    private static final Optional<String> MASTER = Optional.of("MASTER");

    private final Context context;
    private final Entry block;
    private final Section inner;

    StrictRules(Context context, Entry block) {
        this.context = context;
        this.block = block;
        this.inner = block.inner();
    }

    /// Complains about what does not count.
    void complain(Family family, List<VirtualAddress> addresses) {
        state();
        ignored("vmac_xmit_base", "adverts leave through the virtual MAC");
        ignored("down_timer_adverts", "it is 3");
        inner.last("use_vmac").stream()
                .flatMap(entry -> entry.words().stream())
                .filter(word -> word.text().indexOf(':') >= 0)
                .forEach(word -> complain(word, "the virtual MAC follows from the router's id"));
        for (String keyword : List.of("garp_lower_prio_repeat", "garp_lower_prio_delay")) {
            ignored(keyword, "nobody who ranks lower is answered");
        }
        optional("lower_prio_no_advert", true, "nobody who ranks lower is answered");
        optional("higher_prio_send_advert", false, "nobody who ranks higher is answered");
        optional("owner_ignore_adverts", true, "an owner listens to nobody");
        boolean linkLocal =
                family == Family.INET
                        || addresses.isEmpty()
                        || addresses.getFirst().address().isLinkLocal();
        if (!linkLocal) {
            context.findings()
                    .error(
                            block.at(),
                            "'%s' is strict, and so its first address should be link-local"
                                    .formatted(block.text()));
        }
    }

    private void state() {
        Optional<Entry> state = inner.last("state");
        if (state.isEmpty()) {
            return;
        }
        boolean wanted = inner.text("state").equals(MASTER);
        boolean owner = inner.number("priority").map(value -> value == 255).orElse(wanted);
        if (wanted != owner) {
            complain(
                    state.get().word(0),
                    owner
                            ? "who has priority 255 begins as master"
                            : "only who has priority 255 begins as master");
        }
    }

    private void ignored(String keyword, String because) {
        inner.last(keyword).ifPresent(entry -> complain(entry.at(), because));
    }

    private void optional(String keyword, boolean standard, String because) {
        inner.last(keyword)
                .filter(_ -> inner.flag(keyword).orElse(standard) != standard)
                .ifPresent(entry -> complain(entry.at(), because));
    }

    private void complain(Word word, String because) {
        context.findings()
                .error(
                        word,
                        "'%s' does not go with strict mode, and has no effect: %s"
                                .formatted(word.text(), because));
    }

    /// Whether an instance without words against the standard may run at all.
    boolean permit(Optional<String> interfaceName, Transport transport) {
        boolean multicasts =
                interfaceName
                        .flatMap(context.host()::link)
                        .map(HostFacts.Link::isMulticast)
                        .orElse(false);
        if (multicasts && transport instanceof Transport.Unicast) {
            context.findings()
                    .fatal(
                            block.at(),
                            "'%s' is strict, and so may not use unicast on %s"
                                    .formatted(block.text(), interfaceName.orElse("")));
            return false;
        }
        return true;
    }
}
