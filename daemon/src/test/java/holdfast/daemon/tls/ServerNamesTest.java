package holdfast.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNamesTest {

    /// @param names kinds and names in a certificate, as Java gives them
    @ParameterizedTest
    @CsvSource({
        "2 www.example.com,                www.example.com,   true",
        "2 www.example.com,                WWW.Example.COM.,  true",
        "2 www.example.com,                example.com,       false",
        "2 other.com 2 www.example.com,    www.example.com,   true",
        "2 *.example.com,                  www.example.com,   true",
        "2 *.example.com,                  example.com,       false",
        "2 *.example.com,                  a.b.example.com,   false",
        "2 *.com,                          example.com,       false",
        "2 *,                              localhost,         false",
        "2 w*.example.com,                 www.example.com,   false",
        "2 *.example.com,                  .example.com,      false",
        "2 192.0.2.1,                      192.0.2.1,         false",
        "7 192.0.2.1,                      192.0.2.1,         true",
        "7 192.0.2.1,                      192.0.2.2,         false",
        "7 2001:db8:0:0:0:0:0:1,           2001:db8::1,       true",
        "7 192.0.2.1,                      www.example.com,   false",
        "1 www.example.com,                www.example.com,   false",
    })
    void namesFit(String names, String wanted, boolean fits) {
        List<List<?>> pairs = new ArrayList<>();
        String[] words = names.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            pairs.add(List.of(Integer.parseInt(words[i]), words[i + 1]));
        }
        assertEquals(fits, ServerNames.fits(pairs, wanted));
    }
}
