package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import holdfast.net.Endpoint;
import holdfast.net.Ipv4Address;
import holdfast.probe.ProbeStep.Done;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, in whatever portions, and however the connection ends: the page is the
/// same, the probe has an end, and nothing is thrown.
class PageProbeFuzzTest {

    private static final int INPUTS = Integer.getInteger("holdfast.fuzz", 20_000);

    private static final String CHUNKS = "2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nTrailer: x\r\n\r\n";

    private static final List<String> SEEDS =
            List.of(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
                    "HTTP/1.0 200\n\nhello",
                    "\n\nhello",
                    "SSH-2.0-x\r\n\r\nnothing like a page");

    private static final String WORDS = "\r\n 0123456789abcdefHTP/:;-";

    private record Told(ProbeStep end, PageProbe probe) {}

    @Test
    void portionsMakeNoDifference() {
        RandomGenerator seeds = random(1);
        for (int i = 0; i < INPUTS; i++) {
            long seed = seeds.nextLong();
            RandomGenerator random = random(seed);
            byte[] bytes = mutated(random);
            ProbeInput last = last(random);
            Told whole = told(bytes, bytes.length, last, random);
            Told mixed = told(bytes, random.nextInt(1, 20), last, random);
            assertEquals(whole.end(), mixed.end(), "seed " + seed);
            PageProbe.Page page = whole.probe().page();
            PageProbe.Page other = mixed.probe().page();
            assertArrayEquals(page.head(), other.head(), "seed " + seed);
            assertArrayEquals(page.body(), other.body(), "seed " + seed);
            assertEquals(page.digest(), other.digest(), "seed " + seed);
        }
    }

    private static Told told(byte[] bytes, int portion, ProbeInput last, RandomGenerator random) {
        Endpoint target = new Endpoint(Ipv4Address.of(192, 0, 2, 1), 80);
        PageProbe probe = new PageProbe(url(), HttpSpec.Protocol.HTTP_1_1, target);
        probe.on(new ProbeInput.Connected());
        int at = 0;
        while (at < bytes.length) {
            int most = Math.min(portion, bytes.length - at);
            int count = portion >= bytes.length ? most : random.nextInt(1, most + 1);
            probe.on(new ProbeInput.Received(ByteBuffer.wrap(bytes, at, count)));
            at += count;
        }
        ProbeStep end = probe.on(last);
        Done done = (Done) end;
        assertSame(done, probe.on(new ProbeInput.TimedOut()));
        return new Told(end, probe);
    }

    private static ProbeInput last(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> new ProbeInput.Closed();
            case 1 -> new ProbeInput.Failed("connection reset");
            default -> new ProbeInput.TimedOut();
        };
    }

    private static byte[] mutated(RandomGenerator random) {
        String seed = SEEDS.get(random.nextInt(SEEDS.size()));
        StringBuilder text = new StringBuilder(seed);
        for (int i = random.nextInt(5); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, WORDS.charAt(random.nextInt(WORDS.length())));
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(4)));
                default -> text.insert(at, text.substring(at));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static HttpSpec.Url url() {
        return new HttpSpec.Url(
                "/", Optional.empty(), new BitSet(), Optional.empty(), Optional.empty());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
