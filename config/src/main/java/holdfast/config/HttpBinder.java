package holdfast.config;

import holdfast.probe.HttpSpec;
import holdfast.probe.Regex;
import holdfast.probe.RegexOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Binds what an HTTP checker asks, and what it takes for a good answer.
final class HttpBinder {

    private static final int OK = 200;
    private static final int OK_END = 300;
    private static final long UINT_MAX = 0xffff_ffffL;

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
        return Optional.of(
                new HttpSpec(
                        protocol,
                        urls,
                        block.flag("fast_recovery").orElse(false),
                        block.time("check_timeout")));
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
        String pattern = words.isEmpty() ? "" : words.getFirst().text();
        Set<RegexOption> options = options(block);
        Optional<String> complaint = Regex.complaint(pattern, options);
        if (complaint.isPresent()) {
            context.findings()
                    .unusable(
                            regex.get().word(0),
                            "the pattern is not looked for: " + complaint.get());
            return Optional.empty();
        }
        int from = block.number("regex_min_offset").map(Context::toInt).orElse(0);
        int last = block.number("regex_max_offset").map(Context::toInt).orElse(Integer.MAX_VALUE);
        if (last < from) {
            context.findings()
                    .error(
                            block.last("regex_max_offset").orElseThrow().word(0),
                            "it lies before regex_min_offset; no match can start there");
        }
        return Optional.of(
                new HttpSpec.BodyMatch(
                        pattern, options, !block.has("regex_no_match"), from, last, effort(block)));
    }

    private Set<RegexOption> options(Section block) {
        Set<RegexOption> options = EnumSet.noneOf(RegexOption.class);
        for (Entry entry : block.all("regex_options")) {
            for (Word word : entry.words()) {
                RegexOption.of(word.text())
                        .ifPresentOrElse(
                                options::add,
                                () ->
                                        context.findings()
                                                .note(
                                                        word,
                                                        "there is no option '%s'; it is ignored"
                                                                .formatted(word.text())));
            }
        }
        return options;
    }

    private Regex.Effort effort(Section block) {
        Optional<Entry> stack = block.last("regex_stack");
        if (stack.isEmpty()) {
            return Regex.Effort.USUAL;
        }
        long start = stack.get().number();
        long most = Scalars.integer(stack.get().word(1).text(), 0, UINT_MAX).value().orElse(start);
        if (start > most) {
            context.findings()
                    .error(stack.get().word(1), "the stack cannot be smaller than at its start");
            return Regex.Effort.USUAL;
        }
        return Regex.Effort.ofStack(most);
    }
}
