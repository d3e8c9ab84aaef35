package holdfast.lab.interop;

import java.util.Optional;

/// Where one of the other programs departs from the RFCs, so that a scene comes to something else.
enum Remark {
    REFUSES_LISTS(
            "keepalived 2.2.7 refuses adverts with another list of addresses than its own, so that"
                    + " both serve. Holdfast heeds them and says so in its log."),
    HEADERS_COUNT(
            "The sequence numbers of authentication headers count packets, and a lower one than"
                    + " before is taken for a replay. A router that comes back counts anew, and is"
                    + " not believed until it has heard the other and counts on from there. With"
                    + " keepalived this may take as many intervals as it has sent packets less."),
    FALLS_SILENT(
            "A master of keepalived 2.2.7 that refuses the adverts it hears puts off its own with"
                    + " each of them, so it falls silent, and serves on."),
    FIRST_ADVERT(
            "The first IPv6 advert of FRR as a master does not arrive: the second hears of it one"
                    + " interval later."),
    ANSWERS_LATE(
            "A master that hears a lesser one answers at once (RFC 9568, 6.4.3), so that both serve"
                    + " for as short as can be. FRR lets it wait for the next advert."),
    STAYS_UP(
            "FRR says goodbye when it stops, and leaves its device with the addresses up: that is"
                    + " for the administrator to take down.");

    private final String text;

    Remark(String text) {
        this.text = text;
    }

    /// What is known of a scene, if something is.
    static Optional<Remark> of(Speech speech, Pair pair, Scene scene) {
        return switch (scene) {
            case ADDRESSES -> addresses(speech, pair);
            case INTERVALS ->
                    speech.version() == 2 && pair.first() == Make.KEEPALIVED
                            ? Optional.of(FALLS_SILENT)
                            : firstAdvert(speech, pair);
            case START, RETURN -> firstAdvert(speech, pair);
            case MEND, OWNER, TIE ->
                    speech == Speech.V2_AH ? Optional.of(HEADERS_COUNT) : answer(pair, scene);
            case STOP -> pair.first() == Make.FRR ? Optional.of(STAYS_UP) : Optional.empty();
            case KILL, CUT, NO_PREEMPTION, DELAY -> Optional.empty();
        };
    }

    private static Optional<Remark> addresses(Speech speech, Pair pair) {
        if (pair.second() != Make.KEEPALIVED) {
            return firstAdvert(speech, pair);
        }
        return Optional.of(pair.first() == Make.KEEPALIVED ? FALLS_SILENT : REFUSES_LISTS);
    }

    private static Optional<Remark> firstAdvert(Speech speech, Pair pair) {
        return pair.first() == Make.FRR && speech.isIpv6()
                ? Optional.of(FIRST_ADVERT)
                : Optional.empty();
    }

    private static Optional<Remark> answer(Pair pair, Scene scene) {
        return pair.first() == Make.FRR && scene != Scene.OWNER
                ? Optional.of(ANSWERS_LATE)
                : Optional.empty();
    }

    String text() {
        return text;
    }
}
