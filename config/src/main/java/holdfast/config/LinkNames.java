package holdfast.config;

import holdfast.net.Family;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names of the interfaces that a configuration has made, each given once.
///
/// They follow from the text alone, so that a successor finds what its predecessor made.
final class LinkNames {

    /// The kernel's limit (`IFNAMSIZ`).
    static final int LENGTH_MAX = 15;

    static final String PREFIX = "vrrp";

    private final Set<String> given = new HashSet<>();

    /// Takes a name that was chosen; false if it is given already.
    boolean take(String name) {
        return given.add(name);
    }

    boolean has(String name) {
        return given.contains(name);
    }

    /// The next free of `vrrp.51`, for IPv6 `vrrp6.51`, then `vrrp1.51`, `vrrp2.51`, ...
    String next(String prefix, Family family, int vrid) {
        String name = prefix + "." + vrid;
        if (take(name)) {
            return name;
        }
        name = prefix + "6." + vrid;
        if (family == Family.INET6 && take(name)) {
            return name;
        }
        for (int number = 1; ; number++) {
            name = prefix + number + "." + vrid;
            if (take(name)) {
                return name;
            }
        }
    }

    /// Complains about prefixes that no name can begin with; others are used instead.
    static void check(Context context) {
        for (String keyword : List.of("vmac_prefix", "vmac_addr_prefix")) {
            context.globals()
                    .last(keyword)
                    .filter(entry -> !isPrefix(entry.text()))
                    .ifPresent(
                            entry ->
                                    context.findings()
                                            .error(
                                                    entry.word(0),
                                                    "no name of an interface can begin with this"));
        }
    }

    /// Whether there is room for a number of a thousand interfaces, and a virtual router's.
    static boolean isPrefix(String text) {
        boolean fits = !text.isEmpty() && text.length() + "999.255".length() <= LENGTH_MAX;
        return fits
                && text.indexOf(':') < 0
                && Scalars.interfaceName(text + ".1").value().isPresent();
    }
}
