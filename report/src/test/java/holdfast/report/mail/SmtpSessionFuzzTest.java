package holdfast.report.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever a server says, in whatever portions: the end is the same, and nothing is thrown.
class SmtpSessionFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);

    private static final List<String> SEEDS =
            List.of(
                    "220 a\r\n250-b\r\n250 c\r\n250 d\r\n250 e\r\n354 f\r\n250 g\r\n221 h\r\n",
                    "220 a\n250 b\n451 c\n221 d\n",
                    "554-no\n554 no\n");

    private static final String WORDS = "\r\n 0123456789-abc\0";

    private static final ZonedDateTime DATE =
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);

    @Test
    void portionsMakeNoDifference() {
        RandomGenerator seeds = random(1);
        int sent = 0;
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            byte[] bytes = mutated(random);
            SmtpStep whole = end(bytes, bytes.length);
            assertEquals(whole, end(bytes, 1), "seed " + seed);
            assertEquals(whole, end(bytes, 1 + random.nextInt(10)), "seed " + seed);
            sent += whole instanceof SmtpStep.Done(var complaint) && complaint.isEmpty() ? 1 : 0;
        }
        assertTrue(sent > 0, "no conversation reached its good end");
    }

    private static SmtpStep end(byte[] bytes, int portion) {
        SmtpSession session =
                new SmtpSession(
                        new Letterhead("a", "b@c", List.of("d@e")), new Mail("s", "b"), DATE);
        for (int at = 0; at < bytes.length; at += portion) {
            int count = Math.min(portion, bytes.length - at);
            session.received(ByteBuffer.wrap(bytes, at, count));
        }
        return session.failed("closed");
    }

    private static byte[] mutated(RandomGenerator random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(5); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            char letter = WORDS.charAt(random.nextInt(WORDS.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, letter);
                case 1 -> text.insert(at, letter);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
