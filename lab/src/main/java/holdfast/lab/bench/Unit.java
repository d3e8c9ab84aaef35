package holdfast.lab.bench;

import java.util.Locale;

/// What a figure counts, and how it is written.
enum Unit {
    MILLISECONDS("%.1f ms"),
    MEGABYTES("%.1f MB"),
    COUNT("%.0f");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    String words(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
