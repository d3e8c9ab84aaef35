package holdfast.report.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
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
                    """
                    220 a
                    250-b
                    250-STARTTLS
                    250 AUTH PLAIN
                    220 c
                    250 AUTH LOGIN
                    334 d
                    334 e
                    """,
                    "554-no\n554 no\n");

    private static final List<SmtpSecurity> SECURITIES =
            List.of(
                    new SmtpSecurity(SmtpSecurity.Encryption.WELCOME, Optional.empty()),
                    new SmtpSecurity(
                            SmtpSecurity.Encryption.REQUIRED,
                            Optional.of(new SmtpSecurity.Login("u", "p"))));

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
            SmtpStep whole = end(bytes, bytes.length, SmtpSecurity.NONE);
            assertEquals(whole, end(bytes, 1, SmtpSecurity.NONE), "seed " + seed);
            int portion = 1 + random.nextInt(10);
            assertEquals(whole, end(bytes, portion, SmtpSecurity.NONE), "seed " + seed);
            // What comes before the handshake counts as said before it: portions matter there.
            for (SmtpSecurity security : SECURITIES) {
                SmtpStep.Done first =
                        assertInstanceOf(SmtpStep.Done.class, end(bytes, portion, security));
                assertEquals(first, end(bytes, portion, security), "seed " + seed);
            }
            sent += whole instanceof SmtpStep.Done(var complaint) && complaint.isEmpty() ? 1 : 0;
        }
        assertTrue(sent > 0, "no conversation reached its good end");
    }

    private static SmtpStep end(byte[] bytes, int portion, SmtpSecurity security) {
        SmtpSession session =
                new SmtpSession(
                        new Letterhead("a", "b@c", List.of("d@e")),
                        security,
                        new Mail("s", "b"),
                        DATE);
        for (int at = 0; at < bytes.length; at += portion) {
            int count = Math.min(portion, bytes.length - at);
            ByteBuffer rest = ByteBuffer.wrap(bytes, at, count);
            if (session.received(rest) instanceof SmtpStep.Encrypt) {
                session.encrypted();
            }
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
