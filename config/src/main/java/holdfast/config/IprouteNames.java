package holdfast.config;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names that iproute2 has for numbers: those it brings along, those of the distribution, and
/// those of the host, in rising order of precedence. Read when the first name is asked for.
final class IprouteNames {

    /// A file of names.
    enum Kind {
        TABLE("rt_tables"),
        PROTOCOL("rt_protos"),
        SCOPE("rt_scopes"),
        REALM("rt_realms"),
        DSFIELD("rt_dsfield"),
        GROUP("group");

        private final String file;

        Kind(String file) {
            this.file = file;
        }
    }

    private static Map<String, Long> builtIn(Kind kind) {
        return switch (kind) {
            case TABLE -> Map.of("default", 253L, "main", 254L, "local", 255L);
            case PROTOCOL ->
                    Map.of(
                            "redirect", 1L,
                            "kernel", 2L,
                            "boot", 3L,
                            "static", 4L,
                            "ra", 9L,
                            "keepalived", 18L);
            case SCOPE ->
                    Map.of("global", 0L, "site", 200L, "link", 253L, "host", 254L, "nowhere", 255L);
            case GROUP -> Map.of("default", 0L);
            case REALM, DSFIELD -> Map.of();
        };
    }

    /// Where distributions put their files.
    private static final List<String> USUAL_DIRECTORIES =
            List.of("/usr/lib/iproute2", "/usr/share/iproute2");

    private static final String USUAL_LOCAL_DIRECTORY = "/etc/iproute2";

    private final HostFacts host;
    private final Section globals;
    private final Map<Kind, Map<String, Long>> names = new EnumMap<>(Kind.class);

    /// @param globals with `iproute_usr_dir` and `iproute_etc_dir`
    IprouteNames(HostFacts host, Section globals) {
        this.host = host;
        this.globals = globals;
    }

    /// The number that a word stands for, which may be that number.
    Scalar<Long> number(Kind kind, String word, long max) {
        Optional<Long> number = Scalars.anyBase(word);
        if (number.isEmpty()) {
            number = Optional.ofNullable(of(kind).get(word));
        }
        if (number.isEmpty()) {
            return Scalar.refused("'%s' is neither a number nor in %s".formatted(word, kind.file));
        }
        return number.get() < 0 || number.get() > max
                ? Scalar.refused("%s is not from 0 to %d".formatted(word, max))
                : Scalar.of(number.get());
    }

    private Map<String, Long> of(Kind kind) {
        return names.computeIfAbsent(kind, this::read);
    }

    private Map<String, Long> read(Kind kind) {
        Map<String, Long> found = new HashMap<>(builtIn(kind));
        Optional<String> own = globals.text("iproute_usr_dir");
        List<String> shared = own.isPresent() ? List.of(own.get()) : USUAL_DIRECTORIES;
        shared.forEach(directory -> read(directory, kind, found));
        read(globals.text("iproute_etc_dir").orElse(USUAL_LOCAL_DIRECTORY), kind, found);
        return found;
    }

    private void read(String directory, Kind kind, Map<String, Long> into) {
        String path = directory + "/" + kind.file;
        host.text(path).ifPresent(text -> read(text, into));
        for (String name : host.files(path + ".d")) {
            if (name.endsWith(".conf")) {
                host.text(path + ".d/" + name).ifPresent(text -> read(text, into));
            }
        }
    }

    /// Lines of a number and a name; `#` starts a comment.
    private static void read(String text, Map<String, Long> into) {
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("[ \t]+", -1);
            if (words.length >= 2 && !words[0].startsWith("#")) {
                Scalars.anyBase(words[0]).ifPresent(number -> into.put(words[1], number));
            }
        }
    }
}
