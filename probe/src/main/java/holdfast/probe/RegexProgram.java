package holdfast.probe;

import holdfast.probe.RegexNode.At;
import holdfast.probe.RegexNode.Atomic;
import holdfast.probe.RegexNode.Back;
import holdfast.probe.RegexNode.Capture;
import holdfast.probe.RegexNode.Choice;
import holdfast.probe.RegexNode.Greed;
import holdfast.probe.RegexNode.IfSeen;
import holdfast.probe.RegexNode.IfSet;
import holdfast.probe.RegexNode.Look;
import holdfast.probe.RegexNode.One;
import holdfast.probe.RegexNode.Place;
import holdfast.probe.RegexNode.Repeat;
import holdfast.probe.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A pattern as orders for [RegexMatcher]: an operation, and its operands behind it.
final class RegexProgram {

    static final int SET = 0; // set
    static final int CHOOSE = 1; // first, then
    static final int JUMP = 2; // where
    static final int MATCH = 3;
    static final int SAVE = 4; // register
    static final int PLACE = 5; // which
    static final int BACK = 6; // which
    static final int MARK = 7; // register
    static final int CUT = 8; // register
    static final int CUT_BACK = 9; // register
    static final int REFUSE = 10; // register
    static final int STEP_BACK = 11; // letters
    static final int AT_MARK = 12; // register
    static final int INIT = 13; // register
    static final int LOOP = 14; // register, least, most, lazy, body, exit
    static final int RUN = 15; // set, least, most, lazy
    static final int IF_SET = 16; // register, where else
    static final int COPY = 17; // from, to

    private static final int ORDERS_MAX = 1_000_000;

    private int[] code = new int[64];
    private int length;
    private int registers;
    private final List<Letters> sets = new ArrayList<>();
    private final List<Back> backs = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<RegexOption> options;
    private Optional<Letters> first = Optional.empty();

    private RegexProgram(int groups, Set<RegexOption> options) {
        this.registers = 2 * (groups + 1);
        this.options = options;
    }

    static RegexProgram of(RegexNode node, int groups, Set<RegexOption> options)
            throws RegexSyntax {
        RegexProgram program = new RegexProgram(groups, options);
        program.add(node);
        program.emit(MATCH);
        program.code = Arrays.copyOf(program.code, program.length);
        program.first = first(node);
        return program;
    }

    int[] code() {
        return code;
    }

    Letters set(int index) {
        return sets.get(index);
    }

    Back back(int index) {
        return backs.get(index);
    }

    Place place(int index) {
        return places.get(index);
    }

    int registers() {
        return registers;
    }

    boolean has(RegexOption option) {
        return options.contains(option);
    }

    /// What a match must begin with; empty if that is not known.
    Optional<Letters> first() {
        return first;
    }

    /// The set of which the pattern begins with any number; -1 if it begins otherwise.
    int leadingRun() {
        int order = 0;
        while (code[order] == SAVE && backs.isEmpty()) {
            order += 2;
        }
        boolean endless =
                code[order] == RUN && code[order + 2] == 0 && code[order + 3] == RegexNode.ENDLESS;
        return endless ? code[order + 1] : -1;
    }

    private static Optional<Letters> first(RegexNode node) {
        return switch (node) {
            case One(var letters) -> Optional.of(letters);
            case Capture(_, var body) -> first(body);
            case Atomic(var body) -> first(body);
            case Repeat(var body, var least, _, _) -> least > 0 ? first(body) : Optional.empty();
            case Sequence(var parts) -> {
                int at = 0;
                while (at < parts.size() && parts.get(at) instanceof At) {
                    at++;
                }
                yield at < parts.size() ? first(parts.get(at)) : Optional.empty();
            }
            case Choice(var branches) -> {
                Optional<Letters> all = first(branches.getFirst());
                for (RegexNode branch : branches) {
                    all = both(all, first(branch));
                }
                yield all;
            }
            case At _, Look _, Back _, IfSet _, IfSeen _ -> Optional.empty();
        };
    }

    /// Empty if one of them is.
    private static Optional<Letters> both(Optional<Letters> one, Optional<Letters> other) {
        return one.flatMap(
                some -> other.map(more -> new Letters(each -> some.has(each) || more.has(each))));
    }

    private int emit(int... orders) throws RegexSyntax {
        if (length + orders.length > ORDERS_MAX) {
            throw new RegexSyntax("the pattern is too large");
        }
        while (length + orders.length > code.length) {
            code = Arrays.copyOf(code, code.length * 2);
        }
        System.arraycopy(orders, 0, code, length, orders.length);
        length += orders.length;
        return length - orders.length;
    }

    private int twoRegisters() {
        registers += 2;
        return registers - 2;
    }

    private int set(Letters letters) {
        sets.add(letters);
        return sets.size() - 1;
    }

    private void add(RegexNode node) throws RegexSyntax {
        switch (node) {
            case One(var letters) -> emit(SET, set(letters));
            case Sequence(var parts) -> {
                for (RegexNode part : parts) {
                    add(part);
                }
            }
            case Choice(var branches) -> choice(branches);
            case Repeat(var body, var least, var most, var greed) -> {
                if (greed == Greed.POSSESSIVE) {
                    add(new Atomic(new Repeat(body, least, most, Greed.GREEDY)));
                } else {
                    repeat(body, least, most, greed == Greed.LAZY ? 1 : 0);
                }
            }
            case Capture(var number, var body) -> {
                // The start counts only once the end is there, so it waits in another register.
                int start = twoRegisters();
                emit(SAVE, start);
                add(body);
                emit(SAVE, 2 * number + 1);
                emit(COPY, start, 2 * number);
            }
            case Atomic(var body) -> {
                int mark = twoRegisters();
                emit(MARK, mark);
                add(body);
                emit(CUT, mark);
            }
            case Look look -> look(look);
            case Back back -> {
                backs.add(back);
                emit(BACK, backs.size() - 1);
            }
            case At(var place) -> {
                places.add(place);
                emit(PLACE, places.size() - 1);
            }
            case IfSet(var group, var yes, var no) -> {
                int test = emit(IF_SET, 2 * group + 1, 0);
                either(yes, no, test + 2);
            }
            case IfSeen(var condition, var yes, var no) -> seen(condition, yes, no);
        }
    }

    /// Whatever follows `yes` follows `no` too.
    private void either(RegexNode yes, RegexNode no, int elseAt) throws RegexSyntax {
        add(yes);
        int jump = emit(JUMP, 0);
        code[elseAt] = length;
        add(no);
        code[jump + 1] = length;
    }

    private void choice(List<RegexNode> branches) throws RegexSyntax {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < branches.size() - 1; i++) {
            int choose = emit(CHOOSE, 0, 0);
            code[choose + 1] = length;
            add(branches.get(i));
            ends.add(emit(JUMP, 0));
            code[choose + 2] = length;
        }
        add(branches.getLast());
        for (int end : ends) {
            code[end + 1] = length;
        }
    }

    private void repeat(RegexNode body, int least, int most, int lazy) throws RegexSyntax {
        if (body instanceof One(var letters)) {
            emit(RUN, set(letters), least, most, lazy);
            return;
        }
        int counter = twoRegisters();
        emit(INIT, counter);
        int loop = emit(LOOP, counter, least, most, lazy, 0, 0);
        code[loop + 5] = length;
        add(body);
        emit(JUMP, loop);
        code[loop + 6] = length;
    }

    private void look(Look look) throws RegexSyntax {
        int mark = twoRegisters();
        emit(MARK, mark);
        if (!look.negative()) {
            inside(look, mark);
            emit(CUT_BACK, mark);
            return;
        }
        int choose = emit(CHOOSE, 0, 0);
        code[choose + 1] = length;
        inside(look, mark);
        emit(REFUSE, mark);
        code[choose + 2] = length;
    }

    private void seen(Look condition, RegexNode yes, RegexNode no) throws RegexSyntax {
        int mark = twoRegisters();
        emit(MARK, mark);
        int choose = emit(CHOOSE, 0, 0);
        code[choose + 1] = length;
        inside(condition, mark);
        emit(CUT_BACK, mark);
        if (condition.negative()) {
            either(no, yes, choose + 2);
        } else {
            either(yes, no, choose + 2);
        }
    }

    /// What is looked for; behind, each branch from where it would have to begin.
    private void inside(Look look, int mark) throws RegexSyntax {
        if (!look.behind()) {
            add(look.body());
            return;
        }
        List<RegexNode> branches =
                look.body() instanceof Choice(var each) ? each : List.of(look.body());
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            RegexNode branch = branches.get(i);
            boolean last = i == branches.size() - 1;
            int choose = last ? -1 : emit(CHOOSE, 0, 0);
            if (!last) {
                code[choose + 1] = length;
            }
            emit(STEP_BACK, width(branch));
            add(branch);
            emit(AT_MARK, mark);
            if (!last) {
                ends.add(emit(JUMP, 0));
                code[choose + 2] = length;
            }
        }
        for (int end : ends) {
            code[end + 1] = length;
        }
    }

    private static int width(RegexNode node) throws RegexSyntax {
        return switch (node) {
            case One _ -> 1;
            case Sequence(var parts) -> {
                long sum = 0;
                for (RegexNode part : parts) {
                    sum += width(part);
                }
                yield bounded(sum);
            }
            case Choice(var branches) -> {
                int width = width(branches.getFirst());
                for (RegexNode branch : branches) {
                    if (width(branch) != width) {
                        throw varying();
                    }
                }
                yield width;
            }
            case Repeat(var body, var least, var most, _) -> {
                if (least != most) {
                    throw varying();
                }
                yield bounded((long) width(body) * least);
            }
            case Capture(_, var body) -> width(body);
            case Atomic(var body) -> width(body);
            case Look _, At _ -> 0;
            case Back _, IfSet _, IfSeen _ -> throw varying();
        };
    }

    private static int bounded(long width) throws RegexSyntax {
        if (width > 65_535) {
            throw varying();
        }
        return (int) width;
    }

    private static RegexSyntax varying() {
        return new RegexSyntax("what is looked for behind has no fixed length");
    }
}
