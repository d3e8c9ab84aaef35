package holdfast.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccountsTest {

    @Test
    void theGroupsOfAUserAreThoseThatIdKnows() throws Exception {
        Process id = new ProcessBuilder("id", "-G", "root").start();
        Set<Integer> expected =
                Stream.of(
                                new String(
                                                id.getInputStream().readAllBytes(),
                                                StandardCharsets.US_ASCII)
                                        .strip()
                                        .split(" "))
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet());
        assertEquals(expected, new HashSet<>(Accounts.groups("root", 0)));
    }

    @Test
    void theGroupThatIsGivenIsAmongThem() throws Exception {
        assertEquals(List.of(12345), Accounts.groups("nobody", 12345).subList(0, 1));
    }
}
