package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.config.SourceReader.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A block that is left in the text says the same as one that is read at once.
class PlainBlockTest {

    private static final int RUNS = Integer.getInteger("holdfast.fuzz", 10_000);
    private static final Preprocessor.Limits LIMITS = new Preprocessor.Limits(150, 6, 1_000);

    private static final String PLAIN =
            """
            virtual_server 10.0.0.1 80 {
                delay_loop   6\t
                # a comment with "quotes, ${names} and {
                protocol TCP

              ! another
              real_server 10.0.1.1 80{
                TCP_CHECK {
                    connect_timeout 3
                }\r
              }
              lb_kind    TUN   type gue  port 5
            }
            """;

    /// Each makes a block other than plain, or looks as if it did.
    private static final List<String> SPICE =
            List.of(
                    "{",
                    "}",
                    "{ }",
                    "\n{\n",
                    "\n}\n",
                    "weight 1 }",
                    "\"",
                    "'",
                    "\\",
                    "\n",
                    "#",
                    " ! x {",
                    "\\#",
                    "$A",
                    "$A=real_server\n",
                    "\n@main x\n",
                    "\n~SEQ(A, 1, 3) weight $A\n",
                    "\ninclude other.conf\n",
                    "includes",
                    "\r\n",
                    "\0",
                    "\u00e4",
                    "\u2028",
                    "\f",
                    "virtual_server 10.0.0.2 80 {\n",
                    "a".repeat(Preprocessor.LINE_LENGTH_MAX),
                    "global_defs {\n random_seed 3\n}\n",
                    "x {\n".repeat(5));

    @Test
    void virtualServersStayInTheText() {
        for (int before = 0; before < 3; before++) {
            String text = "global_defs {\n}\n".repeat(before) + PLAIN;
            Statement last = read(text, true).root().getLast();
            assertInstanceOf(PlainBlock.class, last.block().orElseThrow(), text);
        }
        assertSame(PLAIN, "plain");
        assertEquals(4, read(PLAIN, true).root().getFirst().block().get().statements().size());
    }

    @Test
    void whatIsLeftInTheTextSaysTheSame() {
        for (int run = 0; run < RUNS; run++) {
            RandomGenerator random = new SplittableRandom(run);
            StringBuilder text = new StringBuilder(PLAIN.repeat(random.nextInt(1, 4)));
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), at + random.nextInt(20));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, end);
                    case 1 -> text.insert(at, text.substring(at, end));
                    default -> text.insert(at, SPICE.get(random.nextInt(SPICE.size())));
                }
            }
            assertSame(text.toString(), "seed " + run);
        }
    }

    private static void assertSame(String text, String what) {
        Parsed left = read(text, true);
        Parsed whole = read(text, false);
        assertEquals(whole.diagnostics(), left.diagnostics(), what);
        assertEquals(whole.root(), inMemory(left.root()), what);
    }

    private static List<Statement> inMemory(List<Statement> statements) {
        List<Statement> all = new ArrayList<>();
        for (Statement one : statements) {
            Optional<Statement.Block> block = one.block();
            all.add(
                    block.isEmpty()
                            ? one
                            : one.with(
                                    Statement.Block.of(
                                            inMemory(block.get().statements()),
                                            block.get().open())));
        }
        return all;
    }

    private static Parsed read(String text, boolean leaves) {
        return Language.read(
                new Reading("main.conf", "", "main", 1, false),
                new SourceReader() {
                    @Override
                    public Read read(String path) {
                        return new Read.Text(path.equals("main.conf") ? text : PLAIN);
                    }

                    @Override
                    public List<String> match(String pattern, String directory) {
                        return List.of(pattern);
                    }
                },
                _ -> Optional.empty(),
                LIMITS,
                leaves);
    }
}
