package holdfast.balance;

import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.web;

import org.junit.jupiter.api.Test;

/// When it is told that a page is not as long as its head announces.
class PageLengthTest {

    private static final CheckerId CHECKER = new CheckerId(Specs.WEB, Specs.server(1), 0);

    private static BalanceEvent seen(int step, long announced, long received) {
        return new BalanceEvent.LengthSeen(CHECKER, step, announced, received);
    }

    @Test
    void onceForEachDifferenceOfEachPage() {
        Story.started(Specs.node(web(real(1, 1, Specs.https(0)))))
                .quietly()
                .at(10)
                .on(seen(0, 5, 3))
                .at(11)
                .on(seen(1, 5, 6))
                .at(12)
                .on(seen(0, 7, 5))
                .at(13)
                .on(seen(0, 7, 9))
                .at(14)
                .on(seen(1, 5, 6))
                .reads(
                        """
                        10s page 0 of 10.0.0.1 has 3 of 5
                        11s page 1 of 10.0.0.1 has 6 of 5
                        13s page 0 of 10.0.0.1 has 9 of 7
                        """);
    }
}
