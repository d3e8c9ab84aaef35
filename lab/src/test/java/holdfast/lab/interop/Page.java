package holdfast.lab.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.lab.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A part of `docs/interoperability.md`: each matrix writes one, and `tools/interop` puts them
/// together.
public enum Page {
    VRRP,
    BFD;

    /// What the second part begins with.
    public static final String BFD_HEADING = "# BFD\n";

    /// Writes what came out to `build/interoperability`, and compares it with the page.
    ///
    /// @param times what was measured, with the number as its first group
    /// @param tolerance by how much a number may differ from that on the page
    public void compare(String text, Pattern times, double tolerance) throws IOException {
        Path build = Software.root().resolve("build/interoperability");
        String name = name().toLowerCase(Locale.ROOT) + ".md";
        Files.writeString(Files.createDirectories(build).resolve(name), text);
        String stale = "docs/interoperability.md is stale; tools/interop writes it anew";
        String page = onPage();
        assertEquals(
                times.matcher(text).replaceAll("#"), times.matcher(page).replaceAll("#"), stale);
        List<Double> measured = numbers(text, times);
        List<Double> written = numbers(page, times);
        for (int i = 0; i < measured.size(); i++) {
            assertEquals(written.get(i), measured.get(i), tolerance, stale);
        }
    }

    private String onPage() throws IOException {
        String all = Files.readString(Software.root().resolve("docs/interoperability.md"));
        int end = all.indexOf("\n\n" + BFD_HEADING);
        if (end < 0) {
            return this == VRRP ? all : "";
        }
        return this == VRRP ? all.substring(0, end + 1) : all.substring(end + 2);
    }

    private static List<Double> numbers(String text, Pattern times) {
        return times.matcher(text).results().map(time -> Double.valueOf(time.group(1))).toList();
    }
}
