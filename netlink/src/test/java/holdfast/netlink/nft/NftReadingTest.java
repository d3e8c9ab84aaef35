package holdfast.netlink.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.netlink.Golden;
import holdfast.netlink.Message;
import holdfast.netlink.MessageWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was recorded from kernel 6.18 is read as `nft list ruleset` printed it.
class NftReadingTest {

    private static <T extends NftReading> List<T> recorded(Class<T> kind) {
        return Golden.recorded("nft/listing.hex").stream()
                .flatMap(message -> NftReading.of(message).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static List<SetElement> elements(String set) {
        return recorded(NftReading.ElementsFound.class).stream()
                .filter(found -> found.family() == 2 && found.set().equals(set))
                .flatMap(found -> found.elements().stream())
                .toList();
    }

    @Test
    void tablesChainsRulesAndSetsAreListed() {
        assertTrue(
                recorded(NftReading.TableFound.class)
                        .contains(new NftReading.TableFound(10, "holdfast")));
        assertTrue(
                recorded(NftReading.ChainFound.class)
                        .contains(new NftReading.ChainFound(2, "holdfast", "pre")));
        assertTrue(
                recorded(NftReading.SetFound.class)
                        .contains(new NftReading.SetFound(2, "holdfast", "slots", 8)));
        assertEquals("web", recorded(NftReading.RuleFound.class).getFirst().chain());
        assertEquals(1, recorded(NftReading.GenerationFound.class).stream().distinct().count());
    }

    @Test
    void elementsAreListed() {
        List<SetElement> services = elements("services");
        assertEquals(
                List.of(
                        new SetElement.Value.ToVerdict(new Verdict.Goto("other")),
                        new SetElement.Value.ToVerdict(new Verdict.Jump("web"))),
                services.stream().map(SetElement::value).toList());
        assertEquals("06000000" + "c0000201" + "00500000", services.get(1).keyText());

        SetElement sticky = elements("sticky").getFirst();
        assertEquals("c6336407", sticky.keyText());
        assertEquals("0a0000011f900000", sticky.value().toString());
        assertEquals(60_000, sticky.timeoutMillis());
        assertTrue(sticky.expiresMillis() > 59_000 && sticky.expiresMillis() < 60_000);

        assertEquals(5, elements("nets").size());
        assertTrue(elements("pip").getFirst().mode() instanceof SetElement.Mode.Range);
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        for (String set : List.of("services", "sticky", "slots", "nets", "pip")) {
            List<SetElement> before = elements(set);
            MessageWriter out = Golden.writer();
            NftBatch batch = new NftBatch(out, NftFamily.IP, "holdfast", 1);
            batch.addElements(set, 0, before);
            batch.end();
            Message message = Message.in(out.batch()).get(1);
            NftReading reading = NftReading.of(message).orElseThrow();
            List<SetElement> after = ((NftReading.ElementsFound) reading).elements();
            assertEquals(
                    before.stream().map(SetElement::keyText).toList(),
                    after.stream().map(SetElement::keyText).toList());
            assertEquals(
                    before.stream().map(element -> element.value().toString()).toList(),
                    after.stream().map(element -> element.value().toString()).toList());
        }
    }
}
