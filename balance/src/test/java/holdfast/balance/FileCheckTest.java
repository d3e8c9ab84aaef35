package holdfast.balance;

import static holdfast.balance.Specs.aimed;
import static holdfast.balance.Specs.file;
import static holdfast.balance.Specs.node;
import static holdfast.balance.Specs.real;
import static holdfast.balance.Specs.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.balance.BalanceEvent.NumberRead;
import holdfast.balance.BalanceEvent.Respecified;
import holdfast.balance.BalanceEvent.Started;
import holdfast.probe.ProbeSpec;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers that follow numbers in files.
class FileCheckTest {

    private static final String FILE = "/run/load";

    private static Story story(int first, CheckerSpec... checkers) {
        Story story = new Story(node(web(real(1, 10, checkers), real(2, 1))));
        return story.on(new NumberRead(FILE, first)).on(new Started());
    }

    private static NumberRead says(int number) {
        return new NumberRead(FILE, number);
    }

    @ParameterizedTest
    @CsvSource({
        "0,  false, 0,           0",
        "0,  false, 1,           -",
        "0,  false, -1,          -",
        "0,  true,  0,           -",
        "0,  true,  1,           0",
        "3,  false, 5,           15",
        "3,  true,  5,           -15",
        "-3, true,  5,           15",
        "1,  false, -2147483647, -2147483647",
        "1,  false, -2147483648, -",
        "2147483647, false, 2147483647,  4611686014132420609",
        "2147483647, true,  2147483647,  -",
    })
    void numbersTimesWeights(int weight, boolean reverse, int number, String contribution) {
        OptionalLong added = new ProbeSpec.File(FILE, weight, reverse).contribution(number);
        assertEquals(contribution, added.isPresent() ? "" + added.getAsLong() : "-");
    }

    @Test
    void theStateIsKnownAtOnce() {
        Story story = story(1, file(FILE, 0, false));
        story.reads(
                """
                0s check 10.0.0.1 down: the number in the file is 1 (first)
                0s add [192.0.2.80]:tcp:80
                0s add 10.0.0.2 weight 1
                0s server 10.0.0.1 down
                0s quorum up, 1 of 1
                """);
        assertEquals("never", story.deadline());
        story.at(4).on(says(0));
        story.reads(
                """
                4s check 10.0.0.1 up
                4s add 10.0.0.1 weight 10
                4s server 10.0.0.1 up
                """);
        story.on(says(-7));
        story.reads(
                """
                4s check 10.0.0.1 down: the number in the file is -7
                4s remove 10.0.0.1
                4s server 10.0.0.1 down
                """);
    }

    @Test
    void contributionsAddUp() {
        Story story = story(2, file(FILE, 3, false), file("/other", 1, true)).quietly();
        story.on(says(4)).on(new NumberRead("/other", 5)).on(says(4)).on(says(-100)).on(says(0));
        story.reads(
                """
                0s edit 10.0.0.1 weight 22
                0s weight 10.0.0.1 from 16 to 22
                0s edit 10.0.0.1 weight 17
                0s weight 10.0.0.1 from 22 to 17
                0s edit 10.0.0.1 weight 0
                0s weight 10.0.0.1 from 17 to 0
                0s edit 10.0.0.1 weight 5
                0s weight 10.0.0.1 from 0 to 5
                """);
    }

    @Test
    void weightsOfFilesCountForTheQuorum() {
        Story story = Story.started(node(web(real(1, 1, file(FILE, 1, true))))).quietly();
        story.on(says(5)).on(says(0));
        story.reads(
                """
                0s edit 10.0.0.1 weight 0
                0s weight 10.0.0.1 from 1 to 0
                0s quorum down, 0 of 1
                0s edit 10.0.0.1 weight 1
                0s weight 10.0.0.1 from 0 to 1
                0s quorum up, 1 of 1
                """);
    }

    @Test
    void aServerComesBeforeAnotherGoes() {
        CheckerSpec good = file(FILE, 0, false);
        CheckerSpec bad = file(FILE, 0, true);
        Story story = Story.started(node(web(real(1, 1, good), real(2, 1, bad)))).quietly();
        story.on(says(1));
        story.reads(
                """
                0s check 10.0.0.1 down: the number in the file is 1
                0s check 10.0.0.2 up
                0s add 10.0.0.2 weight 1
                0s remove 10.0.0.1
                0s server 10.0.0.1 down
                0s server 10.0.0.2 up
                """);
    }

    @Test
    void otherCheckersAreAskedAsEver() {
        Story story = story(0, aimed(1), file(FILE, 0, false)).quietly();
        story.due().passes(1).on(says(1)).due().passes(1).on(says(0));
        story.reads(
                """
                1s probe 10.0.0.1
                1s check 10.0.0.1 up (first)
                1s check 10.0.0.1/1 down: the number in the file is 1
                1s remove 10.0.0.1
                1s server 10.0.0.1 down
                11s probe 10.0.0.1
                11s check 10.0.0.1/1 up
                11s add 10.0.0.1 weight 10
                11s server 10.0.0.1 up
                """);
    }

    @Test
    void newOrdersFindTheFileAsItIs() {
        Story story = story(3).quietly();
        story.on(new Respecified(node(web(real(1, 10, file(FILE, 2, false)), real(2, 1)))));
        story.reads(
                """
                0s check 10.0.0.1 up (first)
                0s edit 10.0.0.1 weight 16
                """);
        story.on(new Respecified(node(web(real(1, 10, file(FILE, 0, false)), real(2, 1)))));
        story.reads(
                """
                0s check 10.0.0.1 down: the number in the file is 3 (first)
                0s remove 10.0.0.1
                0s server 10.0.0.1 down
                """);
        CheckerSpec same = file(FILE, 0, false);
        story.on(new Respecified(node(web(real(1, 5, same), real(3, 1, same)))));
        story.reads(
                """
                0s check 10.0.0.3 down: the number in the file is 3 (first)
                0s remove 10.0.0.2
                0s server 10.0.0.3 down
                0s server 10.0.0.2 down
                0s server 10.0.0.2 removed
                0s quorum down, 0 of 1
                """);
    }
}
