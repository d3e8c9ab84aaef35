package holdfast.balance;

import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.web;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When a certificate that ends is warned of.
class CertificateWarningTest {

    private static final CheckerId CHECKER = new CheckerId(Specs.WEB, Specs.server(1), 0);

    private static Story started(int warningDays) {
        return Story.started(Specs.node(web(real(1, 1, Specs.https(warningDays))))).quietly();
    }

    private static BalanceEvent seen(int hours) {
        return new BalanceEvent.CertificateSeen(CHECKER, Duration.ofHours(hours));
    }

    @Test
    void onceADayHoweverOftenItIsSeen() {
        started(2)
                .at(10)
                .on(seen(47))
                .at(20)
                .on(seen(47))
                .at(86_409)
                .on(seen(24))
                .at(86_410)
                .on(seen(23))
                .at(180_000)
                .on(seen(-1))
                .reads(
                        """
                        10s certificate 10.0.0.1 ends in 47 h
                        86410s certificate 10.0.0.1 ends in 23 h
                        180000s certificate 10.0.0.1 ends in -1 h
                        """);
    }

    @Test
    void neitherTooEarlyNorWhereNobodyAsked() {
        started(2).at(10).on(seen(48)).reads("");
        started(0).at(10).on(seen(1)).reads("");
        started(2)
                .at(10)
                .on(
                        new BalanceEvent.CertificateSeen(
                                new CheckerId(Specs.WEB, Specs.server(9), 0), Duration.ZERO))
                .reads("");
    }
}
