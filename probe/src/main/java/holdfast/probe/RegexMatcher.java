package holdfast.probe;

import static holdfast.probe.RegexProgram.*;

import holdfast.probe.Regex.Answer;
import holdfast.probe.Regex.Effort;
import holdfast.probe.RegexNode.Back;
import holdfast.probe.RegexNode.Place;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Follows a [RegexProgram] through a text. What else could be tried, and what it would have to
/// take back for that, it keeps on a stack of its own. Used once.
final class RegexMatcher {

    /// An entry of the stack has three numbers and its kind, in the fourth.
    private static final int ENTRY = 4;

    /// Go on at an order and a position.
    private static final int TRY = 0;

    /// A register and what was in it.
    private static final int UNDO = 1;

    /// A run that may be shorter: where it goes on, its least end, its present end.
    private static final int SHORTER = 2;

    /// A run that may be longer: its order, its present end, how many letters may be added.
    private static final int LONGER = 3;

    /// One more turn of a loop: its order and the position.
    private static final int TURN = 4;

    private static final int FIRST_ENTRIES = 64;
    private static final int EMPTY = -1;

    private static final int IDLE_TURNS_MAX = 100;

    /// Looking at a letter in a run costs a part of a step.
    private static final int LETTERS_A_STEP = 4;

    /// More effort than is allowed.
    private static final class Exhausted extends Exception {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("too much effort", null, false, false);
        }
    }

    private final RegexProgram program;
    private final int[] code;
    private final int[] text;
    private final boolean begins;
    private final int entriesMax;
    private final int[] registers;
    private int[] stack = new int[FIRST_ENTRIES * ENTRY];
    private int height;
    private long left;
    private int searchStart;
    private int pc;
    private int at;

    /// @param text octets or code points
    /// @param begins whether nothing stands before it
    RegexMatcher(RegexProgram program, int[] text, boolean begins, Effort effort) {
        this.program = program;
        this.code = program.code();
        this.text = text;
        this.begins = begins;
        this.left = effort.steps();
        this.entriesMax = effort.stackBytes() / (ENTRY * Integer.BYTES);
        this.registers = new int[program.registers()];
        Arrays.fill(registers, EMPTY);
    }

    Answer search(int from, int last) {
        searchStart = from;
        Optional<Letters> first = program.first();
        int end = program.has(RegexOption.FIRSTLINE) ? Math.min(last, lineEnd(from)) : last;
        try {
            for (int start = from; start <= end; start++) {
                if (first.isPresent()) {
                    while (start < text.length && !first.get().has(text[start])) {
                        start++;
                    }
                    if (start > end || start >= text.length) {
                        return Answer.NOT_FOUND;
                    }
                }
                if (matchesAt(start)) {
                    return Answer.FOUND;
                }
                start = behindRun(start);
            }
            return Answer.NOT_FOUND;
        } catch (Exhausted _) {
            return Answer.EXHAUSTED;
        }
    }

    /// The last place from where a match would be one from here, too, since the pattern begins with
    /// as much as there is of something.
    private int behindRun(int start) {
        int run = program.leadingRun();
        int end = start;
        while (run >= 0 && end < text.length && program.set(run).has(text[end])) {
            end++;
        }
        return end;
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean matchesAt(int start) throws Exhausted {
        pc = 0;
        at = start;
        while (code[pc] != MATCH) {
            spend(1);
            if (!step() && !resume()) {
                return false;
            }
        }
        return true;
    }

    private void spend(long steps) throws Exhausted {
        left -= steps;
        if (left < 0) {
            throw new Exhausted();
        }
    }

    /// Carries out one order; false when it fails.
    private boolean step() throws Exhausted {
        switch (code[pc]) {
            case SET -> {
                if (at >= text.length || !program.set(code[pc + 1]).has(text[at])) {
                    return false;
                }
                at++;
                pc += 2;
            }
            case CHOOSE -> {
                push(TRY, code[pc + 2], at, 0);
                pc = code[pc + 1];
            }
            case JUMP -> pc = code[pc + 1];
            case SAVE -> {
                set(code[pc + 1], at);
                pc += 2;
            }
            case COPY -> {
                set(code[pc + 2], registers[code[pc + 1]]);
                pc += 3;
            }
            case PLACE -> {
                if (!isAt(program.place(code[pc + 1]))) {
                    return false;
                }
                pc += 2;
            }
            case BACK -> {
                return repeatsGroup(program.back(code[pc + 1]));
            }
            case INIT -> {
                set(code[pc + 1], 0);
                set(code[pc + 1] + 1, EMPTY);
                pc += 2;
            }
            case LOOP -> loop(pc);
            case RUN -> {
                return run();
            }
            case IF_SET -> pc = registers[code[pc + 1]] == EMPTY ? code[pc + 2] : pc + 3;
            default -> {
                return mark();
            }
        }
        return true;
    }

    /// The orders about what has been found once and for all.
    private boolean mark() throws Exhausted {
        int register = code[pc + 1];
        switch (code[pc]) {
            case MARK -> {
                set(register + 1, at);
                set(register, height + ENTRY); // Above the entry that takes this back.
            }
            case CUT -> cut(registers[register]);
            case CUT_BACK -> {
                cut(registers[register]);
                at = registers[register + 1];
            }
            case REFUSE -> {
                unwind(registers[register]);
                return false;
            }
            case STEP_BACK -> {
                at -= register;
                if (at < 0) {
                    return false;
                }
            }
            case AT_MARK -> {
                if (at != registers[register + 1]) {
                    return false;
                }
            }
            default -> throw new AssertionError("no such order: " + code[pc]);
        }
        pc += 2;
        return true;
    }

    /// Goes on with what was to be tried last; false when there is nothing.
    private boolean resume() throws Exhausted {
        while (height > 0) {
            height -= ENTRY;
            int one = stack[height];
            int two = stack[height + 1];
            int three = stack[height + 2];
            switch (stack[height + 3]) {
                case UNDO -> registers[one] = two;
                case TRY -> {
                    pc = one;
                    at = two;
                    return true;
                }
                case SHORTER -> {
                    at = three - 1;
                    pc = one;
                    if (at > two) {
                        push(SHORTER, one, two, at);
                    }
                    return true;
                }
                case LONGER -> {
                    spend(1);
                    if (two < text.length && program.set(code[one + 1]).has(text[two])) {
                        at = two + 1;
                        pc = one + 5;
                        if (three > 1) {
                            push(LONGER, one, at, three - 1);
                        }
                        return true;
                    }
                }
                default -> {
                    at = two;
                    turn(one);
                    return true;
                }
            }
        }
        return false;
    }

    private void push(int kind, int one, int two, int three) throws Exhausted {
        if (height + ENTRY > stack.length) {
            if (height / ENTRY >= entriesMax) {
                throw new Exhausted();
            }
            stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[height] = one;
        stack[height + 1] = two;
        stack[height + 2] = three;
        stack[height + 3] = kind;
        height += ENTRY;
    }

    private void set(int register, int value) throws Exhausted {
        push(UNDO, register, registers[register], 0);
        registers[register] = value;
    }

    /// Forgets what else could be tried above a height, and remembers what to take back.
    private void cut(int mark) throws Exhausted {
        spend((height - mark) / (ENTRY * LETTERS_A_STEP));
        int kept = mark;
        for (int entry = mark; entry < height; entry += ENTRY) {
            if (stack[entry + 3] == UNDO) {
                System.arraycopy(stack, entry, stack, kept, ENTRY);
                kept += ENTRY;
            }
        }
        height = kept;
    }

    private void unwind(int mark) {
        while (height > mark) {
            height -= ENTRY;
            if (stack[height + 3] == UNDO) {
                registers[stack[height]] = stack[height + 1];
            }
        }
    }

    /// A turn that has found nothing is the last one, once there have been enough: all others would
    /// find nothing, too. Where very many are wanted, those that find nothing count for most.
    private void loop(int order) throws Exhausted {
        int counter = code[order + 1];
        int count = registers[counter];
        int least = code[order + 2];
        int exit = code[order + 6];
        boolean idle = count > 0 && at == registers[counter + 1];
        if (count < least) {
            if (idle && least > IDLE_TURNS_MAX && count < least - 1) {
                set(counter, least - 1);
            }
            turn(order);
        } else if (idle || count >= code[order + 3]) {
            pc = exit;
        } else if (code[order + 4] == 0) {
            push(TRY, exit, at, 0);
            turn(order);
        } else {
            push(TURN, order, at, 0);
            pc = exit;
        }
    }

    private void turn(int order) throws Exhausted {
        int counter = code[order + 1];
        set(counter, Math.min(registers[counter], Integer.MAX_VALUE - 1) + 1);
        set(counter + 1, at);
        pc = code[order + 5];
    }

    /// As many letters of one set as wanted.
    private boolean run() throws Exhausted {
        Letters letters = program.set(code[pc + 1]);
        int least = code[pc + 2];
        int most = code[pc + 3];
        boolean lazy = code[pc + 4] != 0;
        int from = at;
        int end = (int) Math.min((long) from + (lazy ? least : most), text.length);
        while (at < end && letters.has(text[at])) {
            at++;
        }
        spend((at - from) / LETTERS_A_STEP);
        if (at - from < least) {
            return false;
        }
        if (lazy && most > least) {
            push(LONGER, pc, at, most - least);
        } else if (at - from > least) {
            push(SHORTER, pc + 5, from + least, at);
        }
        pc += 5;
        return true;
    }

    private boolean repeatsGroup(Back back) throws Exhausted {
        int group = -1;
        for (int each : back.groups()) {
            group = group < 0 && registers[2 * each + 1] != EMPTY ? each : group;
        }
        if (group < 0) {
            pc += 2;
            return program.has(RegexOption.MATCH_UNSET_BACKREF);
        }
        int from = registers[2 * group];
        int count = registers[2 * group + 1] - from;
        spend(count / LETTERS_A_STEP);
        if (count > text.length - at) {
            return false;
        }
        boolean unicode = program.has(RegexOption.UTF) || program.has(RegexOption.UCP);
        for (int i = 0; i < count; i++) {
            boolean same =
                    back.caseless()
                            ? Letters.same(text[from + i], text[at + i], unicode)
                            : text[from + i] == text[at + i];
            if (!same) {
                return false;
            }
        }
        at += count;
        pc += 2;
        return true;
    }

    private boolean isAt(Place place) {
        boolean atStart = at == 0 && begins;
        boolean behindLine = at > 0 && text[at - 1] == '\n';
        boolean atEnd = at == text.length;
        return switch (place) {
            case TEXT_START -> atStart;
            case LINE_START -> atStart || behindLine && !atEnd;
            case ANY_LINE_START -> atStart || behindLine;
            case TEXT_END -> atEnd;
            case LAST_LINE_END -> atEnd || at == text.length - 1 && text[at] == '\n';
            case LINE_END -> atEnd || text[at] == '\n';
            case SEARCH_START -> at == searchStart;
            case WORD_EDGE -> isEdge(Letters::isWord);
            case NO_WORD_EDGE -> !isEdge(Letters::isWord);
            case UNICODE_WORD_EDGE -> isEdge(Letters::isUnicodeWord);
            case NO_UNICODE_WORD_EDGE -> !isEdge(Letters::isUnicodeWord);
        };
    }

    private boolean isEdge(IntPredicate word) {
        boolean before = at > 0 && word.test(text[at - 1]);
        boolean behind = at < text.length && word.test(text[at]);
        return before != behind;
    }
}
