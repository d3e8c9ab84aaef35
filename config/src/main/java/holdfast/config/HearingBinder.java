package holdfast.config;

import holdfast.vrrp.Hearing;
import java.time.Duration;
import java.util.List;

/// Binds from when on the host listens to adverts, and what it tells of those for nobody.
final class HearingBinder {

    /// Longer delays are legal, and mostly mistakes.
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Context context;

    HearingBinder(Context context) {
        this.context = context;
    }

    Hearing bind() {
        Section globals = context.globals();
        for (String keyword : List.of("vrrp_startup_delay", "vrrp_delay_after_boot")) {
            globals.last(keyword)
                    .filter(entry -> entry.time().compareTo(LONG) >= 0)
                    .ifPresent(
                            entry ->
                                    context.findings().note(entry.word(0), "this is a long delay"));
        }
        checkBuffers();
        return new Hearing(
                globals.time("vrrp_delay_after_boot").orElse(Duration.ZERO),
                globals.has("log_unknown_vrids"));
    }

    private void checkBuffers() {
        for (Entry entry : context.globals().all("vrrp_rx_bufs_policy")) {
            for (Word word : entry.words()) {
                boolean named =
                        word.text().equalsIgnoreCase("MTU")
                                || word.text().equalsIgnoreCase("ADVERT");
                boolean number =
                        Scalars.integer(word.text(), 0, ConductBinder.BYTES_MAX)
                                .value()
                                .isPresent();
                if (!named && !number) {
                    context.findings().error(word, "expected MTU, ADVERT, or a number of octets");
                }
            }
        }
    }
}
