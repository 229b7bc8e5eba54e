package dev.reprise.query.jsonata.regex;

import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression as instructions for {@link RegexMatcher}. Immutable once it is compiled, and safe for any
 * thread.
 */
public final class RegexProgram {

    /** How long a program may be: counted repetitions of groups are written out. */
    private static final int LONGEST = 20_000;

    /** What an instruction does; {@code x} and {@code y} are places in the program, slots, or counts. */
    enum Kind {
        /** One character of the set. */
        ONE,
        /** Characters of the set, {@code x} to {@code y} of them, as many as possible. */
        MANY,
        /** As few as possible. */
        FEW,
        /** Goes on at {@code x}, and at {@code y} when that fails. */
        SPLIT,
        JUMP,
        /** Keeps the position in slot {@code x}. */
        SAVE,
        /** Forgets the slots from {@code x} to before {@code y}. */
        CLEAR,
        /** Fails where nothing was taken since slot {@code x} was saved. */
        PROGRESS,
        PLACE,
        BACK,
        BACK_ANY_CASE,
        /** Runs what follows, up to a {@code DONE}, by itself; goes on at {@code x}. */
        ATOMIC,
        AHEAD,
        NOT_AHEAD,
        BEHIND,
        NOT_BEHIND,
        DONE
    }

    /** One instruction. */
    record Instruction(Kind kind, int x, int y, CharacterSet set, RegexNode.Place place) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final Instruction[] code;
    private final int groups;
    /** Where positions are kept: the ends of groups, and more for what is repeated. */
    private int slots;

    private RegexProgram(RegexNode node) {
        this.groups = highest(node);
        this.slots = 2 * (groups + 1);
        emit(node);
        add(Kind.DONE, 0, 0);
        this.code = instructions.toArray(Instruction[]::new);
        instructions.clear();
    }

    /**
     * Compiles an expression.
     *
     * @param text as JavaScript has it between slashes
     * @param anyCase whether capital and small letters are the same
     * @param lines whether {@code ^} and {@code $} stand at the ends of lines too
     * @throws SyntaxException when it is no regular expression, or would be too long
     */
    public static RegexProgram compile(String text, boolean anyCase, boolean lines) {
        return new RegexProgram(RegexParser.parse(text, anyCase, lines));
    }

    private static int highest(RegexNode node) {
        return switch (node) {
            case RegexNode.Sequence(List<RegexNode> parts) ->
                parts.stream().mapToInt(RegexProgram::highest).max().orElse(0);
            case RegexNode.Choice(List<RegexNode> parts) ->
                parts.stream().mapToInt(RegexProgram::highest).max().orElse(0);
            case RegexNode.Group(int number, RegexNode body) -> Math.max(number, highest(body));
            case RegexNode.Repeat repeat -> highest(repeat.body());
            case RegexNode.Atomic(RegexNode body) -> highest(body);
            case RegexNode.Look look -> highest(look.body());
            case RegexNode.One one -> 0;
            case RegexNode.Back back -> 0;
            case RegexNode.At at -> 0;
        };
    }

    /** Not to be changed. */
    Instruction[] code() {
        return code;
    }

    int groups() {
        return groups;
    }

    int slots() {
        return slots;
    }

    private int add(Kind kind, int x, int y) {
        return add(new Instruction(kind, x, y, CharacterSet.ANY, RegexNode.Place.START));
    }

    private int add(Instruction instruction) {
        if (instructions.size() >= LONGEST) {
            throw new SyntaxException("Invalid regular expression: it is too large");
        }
        instructions.add(instruction);
        return instructions.size() - 1;
    }

    private void set(int at, Kind kind, int x, int y) {
        instructions.set(at, new Instruction(kind, x, y, CharacterSet.ANY, RegexNode.Place.START));
    }

    private void emit(RegexNode node) {
        switch (node) {
            case RegexNode.One(CharacterSet set) -> add(new Instruction(Kind.ONE, 0, 0, set, RegexNode.Place.START));
            case RegexNode.Sequence(List<RegexNode> parts) -> parts.forEach(this::emit);
            case RegexNode.Choice(List<RegexNode> parts) -> choice(parts);
            case RegexNode.Group(int number, RegexNode body) -> {
                add(Kind.SAVE, 2 * number, 0);
                emit(body);
                add(Kind.SAVE, 2 * number + 1, 0);
            }
            case RegexNode.Repeat repeat -> repeat(repeat);
            case RegexNode.Atomic(RegexNode body) -> alone(Kind.ATOMIC, body);
            case RegexNode.Look look ->
                alone(
                        look.ahead()
                                ? look.wanted() ? Kind.AHEAD : Kind.NOT_AHEAD
                                : look.wanted() ? Kind.BEHIND : Kind.NOT_BEHIND,
                        look.body());
            case RegexNode.Back(int number, boolean anyCase) ->
                add(anyCase ? Kind.BACK_ANY_CASE : Kind.BACK, number, 0);
            case RegexNode.At(RegexNode.Place place) -> add(new Instruction(Kind.PLACE, 0, 0, CharacterSet.ANY, place));
        }
    }

    private void alone(Kind kind, RegexNode body) {
        int start = add(kind, 0, 0);
        emit(body);
        add(Kind.DONE, 0, 0);
        set(start, kind, instructions.size(), 0);
    }

    private void choice(List<RegexNode> parts) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            int split = last ? -1 : add(Kind.SPLIT, 0, 0);
            emit(parts.get(i));
            if (!last) {
                ends.add(add(Kind.JUMP, 0, 0));
                set(split, Kind.SPLIT, split + 1, instructions.size());
            }
        }
        ends.forEach(end -> set(end, Kind.JUMP, instructions.size(), 0));
    }

    private void repeat(RegexNode.Repeat repeat) {
        if (repeat.body() instanceof RegexNode.One(CharacterSet set)) {
            add(new Instruction(
                    repeat.greedy() ? Kind.MANY : Kind.FEW, repeat.least(), repeat.most(), set, RegexNode.Place.START));
            return;
        }
        for (int i = 0; i < repeat.least(); i++) {
            body(repeat);
        }
        if (repeat.most() == Integer.MAX_VALUE) {
            int mark = slots++;
            int split = add(Kind.SPLIT, 0, 0);
            add(Kind.SAVE, mark, 0);
            body(repeat);
            add(Kind.PROGRESS, mark, 0);
            add(Kind.JUMP, split, 0);
            split(split, repeat.greedy(), instructions.size());
            return;
        }
        List<Integer> splits = new ArrayList<>();
        int mark = slots++;
        for (int i = repeat.least(); i < repeat.most(); i++) {
            splits.add(add(Kind.SPLIT, 0, 0));
            add(Kind.SAVE, mark, 0);
            body(repeat);
            add(Kind.PROGRESS, mark, 0);
        }
        splits.forEach(split -> split(split, repeat.greedy(), instructions.size()));
    }

    private void split(int at, boolean greedy, int exit) {
        set(at, Kind.SPLIT, greedy ? at + 1 : exit, greedy ? exit : at + 1);
    }

    private void body(RegexNode.Repeat repeat) {
        if (repeat.firstGroup() < repeat.groupsEnd()) {
            add(Kind.CLEAR, 2 * repeat.firstGroup(), 2 * repeat.groupsEnd());
        }
        emit(repeat.body());
    }
}
