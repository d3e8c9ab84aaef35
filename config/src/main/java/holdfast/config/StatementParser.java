package holdfast.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a tree of statements from lines and braces, and complains about braces without a partner
/// (configuration language specification, section 5). Confined to one thread.
final class StatementParser {

    /// A block that is not closed yet; the outermost has no head and no brace.
    private record Frame(
            Optional<Statement> head, Diagnostic.Span open, List<Statement> statements) {}

    private static final Diagnostic.Span NOWHERE = new Diagnostic.Span("", 1, 1);

    /// Of these a configuration has thousands, so that they are left in the text until they are
    /// bound.
    private static final String LEFT_IN_TEXT = "virtual_server";

    private final Preprocessor preprocessor;
    private final Complaints complaints;
    private final int depthMax;
    private final boolean leaves;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Map<String, String> keywords = new HashMap<>();

    /// A statement that may yet get a block.
    private Optional<Statement> pending = Optional.empty();

    /// Where, by the look of the indentation, a block was closed by the brace of another.
    private Optional<String> suspicion = Optional.empty();

    /// @param leaves whether plain blocks may be left in the text
    StatementParser(
            Preprocessor preprocessor, int depthMax, boolean leaves, Complaints complaints) {
        this.preprocessor = preprocessor;
        this.depthMax = depthMax;
        this.leaves = leaves;
        this.complaints = complaints;
    }

    /// Reads to the end; what stands in an unclosed block is kept as if it were closed there.
    List<Statement> parse() {
        frames.push(new Frame(Optional.empty(), NOWHERE, new ArrayList<>()));
        Optional<Preprocessor.Piece> piece = preprocessor.next();
        while (piece.isPresent()) {
            // Not a switch: the JVM makes the code behind the first of them in 10 ms, at each
            // start.
            if (piece.get() instanceof Preprocessor.Piece.Text(Line line)) {
                take(line);
            } else if (piece.get() instanceof Preprocessor.Piece.Open(Diagnostic.Span at)) {
                open(at);
            } else if (piece.get() instanceof Preprocessor.Piece.Close(Diagnostic.Span at)) {
                close(at);
            }
            piece = preprocessor.next();
        }
        settle();
        while (frames.size() > 1) {
            complaints.add(unclosed(frames.element()));
            leave();
        }
        return List.copyOf(frames.element().statements());
    }

    private void take(Line line) {
        settle();
        List<Word> words = Words.ordinary(line);
        if (words.isEmpty()) {
            return; // A lone quote, which was complained about.
        }
        Statement statement =
                new Statement(
                        frugal(words.getFirst()),
                        words.subList(1, words.size()),
                        raw(line, words),
                        Optional.empty());
        boolean inGlobals =
                frames.size() == 2 && keyword(frames.element()).equals(Optional.of("global_defs"));
        if (inGlobals && statement.keyword().text().equals("include_check")) {
            preprocessor.check(statement.words());
        } else if (inGlobals && statement.keyword().text().equals("random_seed")) {
            preprocessor.seed(statement.words());
        }
        pending = Optional.of(statement);
    }

    /// The same word with a text that equal words share: there are but few keywords, and each
    /// stands in a large configuration thousands of times.
    private Word frugal(Word word) {
        String known = keywords.putIfAbsent(word.text(), word.text());
        return known == null ? word : new Word(known, word.at(), word.quoted());
    }

    /// The text behind the first word; mostly that is the second.
    private static String raw(Line line, List<Word> words) {
        int start = Words.behindFirst(line);
        if (words.size() == 2
                && line.text().startsWith(words.get(1).text(), start)
                && line.length() - start == words.get(1).text().length()) {
            return words.get(1).text();
        }
        return line.text().substring(start);
    }

    private void open(Diagnostic.Span at) {
        if (pending.isEmpty() || frames.size() > depthMax) {
            complaints.add(
                    ErrorClass.UNEXPECTED_OPEN,
                    at,
                    pending.isEmpty()
                            ? "unexpected '{': no keyword stands before it"
                            : "unexpected '{': blocks are nested too deep");
            return;
        }
        Statement head = pending.get();
        pending = Optional.empty();
        Optional<Statement.Block> left = left(head, at);
        if (left.isPresent()) {
            pending = Optional.of(head.with(left.get()));
            settle();
        } else {
            frames.push(new Frame(Optional.of(head), at, new ArrayList<>()));
        }
    }

    /// The whole block, if it can stay in the text for now.
    private Optional<Statement.Block> left(Statement head, Diagnostic.Span open) {
        Word keyword = head.keyword();
        boolean may = leaves && frames.size() == 1 && keyword.text().equals(LEFT_IN_TEXT);
        return may && keyword.at().file().equals(open.file())
                ? preprocessor.plainBlock(open, keyword.at().column(), depthMax - 1)
                : Optional.empty();
    }

    private void close(Diagnostic.Span at) {
        settle();
        if (frames.size() == 1) {
            complaints.add(
                    ErrorClass.UNEXPECTED_CLOSE, at, "unexpected '}': no block is open here");
        } else {
            suspect(frames.element(), at);
            leave();
        }
    }

    private Diagnostic unclosed(Frame frame) {
        Diagnostic plain =
                Diagnostic.of(
                        ErrorClass.MISSING_CLOSE,
                        frame.open(),
                        "the block of '%s' is not closed: a '}' is missing"
                                .formatted(keyword(frame).orElse("")));
        return suspicion.map(plain::hint).orElse(plain);
    }

    /// A brace further left than the keyword it closes was probably meant for a block outside.
    private void suspect(Frame frame, Diagnostic.Span close) {
        Diagnostic.Span head = frame.head().map(Statement::keyword).map(Word::at).orElse(close);
        boolean odd = head.file().equals(close.file()) && head.column() > close.column();
        if (odd && head.line() < close.line() && suspicion.isEmpty()) {
            suspicion =
                    Optional.of(
                            "is it missing before line %d, for '%s' of line %d?"
                                    .formatted(
                                            close.line(), keyword(frame).orElse(""), head.line()));
        }
    }

    private void settle() {
        pending.ifPresent(frames.element().statements()::add);
        pending = Optional.empty();
    }

    private void leave() {
        Frame done = frames.pop();
        Statement.Block block = Statement.Block.of(done.statements(), done.open());
        done.head().ifPresent(head -> frames.element().statements().add(head.with(block)));
    }

    private static Optional<String> keyword(Frame frame) {
        return frame.head().map(head -> head.keyword().text());
    }
}
