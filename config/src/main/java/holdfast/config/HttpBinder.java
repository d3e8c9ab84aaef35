package holdfast.config;

import holdfast.probe.HttpSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Binds what an HTTP checker asks, and what it takes for a good answer.
final class HttpBinder {

    private static final Map<String, Integer> FLAGS =
            Map.of(
                    "caseless", Pattern.CASE_INSENSITIVE,
                    "dotall", Pattern.DOTALL,
                    "extended", Pattern.COMMENTS,
                    "multiline", Pattern.MULTILINE,
                    "ucp", Pattern.UNICODE_CHARACTER_CLASS,
                    "utf", Pattern.UNICODE_CASE);

    private static final int OK = 200;
    private static final int OK_END = 300;

    private final Context context;
    private final Section service;
    private final Section server;

    HttpBinder(Context context, Section service, Section server) {
        this.context = context;
        this.service = service;
        this.server = server;
    }

    Optional<HttpSpec> bind(Entry checker) {
        Section block = checker.inner();
        Optional<String> host =
                block.text("virtualhost")
                        .or(() -> server.text("virtualhost"))
                        .or(() -> service.text("virtualhost"));
        List<HttpSpec.Url> urls = new ArrayList<>();
        for (Entry url : block.all("url")) {
            Optional<String> path = url.inner().text("path");
            if (path.isEmpty()) {
                context.findings().error(url.at(), "the url has no path; it is left out");
            } else {
                urls.add(url(url.inner(), path.get(), host));
            }
        }
        if (urls.isEmpty()) {
            context.findings().error(checker.at(), checker.name() + " has no url; it is left out");
            return Optional.empty();
        }
        HttpSpec.Protocol protocol =
                switch (block.text("http_protocol").orElse("1.0")) {
                    case "1.1" -> HttpSpec.Protocol.HTTP_1_1;
                    case "1.0" -> HttpSpec.Protocol.HTTP_1_0;
                    default -> HttpSpec.Protocol.HTTP_1_0_CLOSE;
                };
        return Optional.of(new HttpSpec(protocol, urls, block.flag("fast_recovery").orElse(false)));
    }

    private HttpSpec.Url url(Section block, String path, Optional<String> host) {
        return new HttpSpec.Url(
                path,
                block.text("virtualhost").or(() -> host),
                statusCodes(block),
                block.text("digest").map(digest -> digest.toLowerCase(Locale.ROOT)),
                bodyMatch(block));
    }

    private static BitSet statusCodes(Section block) {
        BitSet codes = new BitSet();
        for (Entry entry : block.all("status_code")) {
            for (Word word : entry.words()) {
                StatusCodes.read(word.text()).value().ifPresent(codes::or);
            }
        }
        if (codes.isEmpty()) {
            codes.set(OK, OK_END);
        }
        return codes;
    }

    private Optional<HttpSpec.BodyMatch> bodyMatch(Section block) {
        Optional<Entry> regex = block.last("regex");
        if (regex.isEmpty()) {
            return Optional.empty();
        }
        List<Word> words = Words.quotedEscaped(regex.get().statement()).value().orElse(List.of());
        HttpSpec.BodyMatch match =
                new HttpSpec.BodyMatch(
                        words.isEmpty() ? "" : words.getFirst().text(),
                        flags(block),
                        !block.has("regex_no_match"));
        try {
            Pattern unused = match.pattern();
            return Optional.of(match);
        } catch (PatternSyntaxException e) {
            context.findings()
                    .unusable(
                            regex.get().word(0),
                            "the pattern is not looked for: "
                                    + e.getDescription().toLowerCase(Locale.ROOT));
            return Optional.empty();
        }
    }

    private int flags(Section block) {
        int flags = 0;
        for (Entry entry : block.all("regex_options")) {
            for (Word word : entry.words()) {
                Optional<Integer> flag = Optional.ofNullable(FLAGS.get(word.text()));
                if (flag.isEmpty()) {
                    context.findings()
                            .note(word, "'" + word.text() + "' is accepted but has no effect yet");
                }
                flags |= flag.orElse(0);
            }
        }
        return flags;
    }
}
