package dev.reprise.query.jsonata.regex;

import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.regex.RegexProgram.Instruction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds a regular expression in a text by trying, with a stack of its own for what may be tried yet. Each step is
 * counted: the JDK's own matcher calls itself for each repetition of a group, and
 * how often it looks at a character is not told.
 */
public final class RegexMatcher {

    /** What may be tried yet, at most. */
    private static final int DEEPEST = 4_000_000;

    /** Steps that cost one unit. */
    private static final int STEPS = 4;

    private static final int ENTRY = 4;
    private static final int BRANCH = 0;
    private static final int UNDO = 1;
    private static final int MANY = 2;
    private static final int FEW = 3;

    private final Instruction[] program;
    private final int groups;
    private final String text;
    private final Meter meter;
    private final int[] slots;
    private int[] stack = new int[ENTRY * 16];
    private int top;
    private long steps;

    /** @param meter takes fuel for each step */
    public RegexMatcher(RegexProgram program, String text, Meter meter) {
        this.program = program.code();
        this.groups = program.groups();
        this.text = text;
        this.meter = meter;
        this.slots = new int[program.slots()];
    }

    /** Looks for the next match that begins at {@code from} or later. */
    public boolean find(int from) {
        for (int start = from; start <= text.length(); start++) {
            Arrays.fill(slots, -1);
            steps += slots.length / 16;
            top = 0;
            int end = run(0, start, -1);
            if (end >= 0) {
                slots[0] = start;
                slots[1] = end;
                charge();
                return true;
            }
            if (start < text.length()
                    && Character.isHighSurrogate(text.charAt(start))
                    && start + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(start + 1))) {
                start++;
            }
        }
        charge();
        return false;
    }

    private void charge() {
        meter.burn(1 + steps / STEPS);
        steps = 0;
    }

    /** Where the match begins. */
    public int start() {
        return slots[0];
    }

    /** Behind the last character of the match. */
    public int end() {
        return slots[1];
    }

    /** How many groups the expression has. */
    public int groups() {
        return groups;
    }

    /** The text of a group; null where it took no part. */
    public @Nullable String group(int number) {
        int from = slots[2 * number];
        int to = slots[2 * number + 1];
        if (from < 0 || to < 0) {
            return null;
        }
        meter.burnText(to - from);
        return text.substring(from, to);
    }

    /**
     * Runs the instructions from {@code first} on.
     *
     * @param mustEnd where the match has to end; negative for anywhere
     * @return where it ends; negative when there is none
     */
    private int run(int first, int start, int mustEnd) {
        int base = top;
        int pc = first;
        int at = start;
        while (true) {
            if (++steps >= 256) {
                charge();
            }
            Instruction instruction = program[pc];
            boolean ok = true;
            switch (instruction.kind()) {
                case ONE -> {
                    int next = one(instruction, at);
                    ok = next >= 0;
                    at = next;
                    pc++;
                }
                case MANY -> {
                    int low = least(instruction, at);
                    ok = low >= 0;
                    if (ok) {
                        at = most(instruction, low);
                        if (at > low) {
                            push(MANY, pc + 1, at, low);
                        }
                        pc++;
                    }
                }
                case FEW -> {
                    at = least(instruction, at);
                    ok = at >= 0;
                    if (ok) {
                        if (instruction.y() > instruction.x()) {
                            push(FEW, pc, at, instruction.y() - instruction.x());
                        }
                        pc++;
                    }
                }
                case SPLIT -> {
                    push(BRANCH, instruction.y(), at, 0);
                    pc = instruction.x();
                }
                case JUMP -> pc = instruction.x();
                case SAVE -> {
                    save(instruction.x(), at);
                    pc++;
                }
                case CLEAR -> {
                    steps += (instruction.y() - instruction.x()) / 4;
                    for (int slot = instruction.x(); slot < instruction.y(); slot++) {
                        if (slots[slot] >= 0) {
                            save(slot, -1);
                        }
                    }
                    pc++;
                }
                case PROGRESS -> {
                    ok = slots[instruction.x()] != at;
                    pc++;
                }
                case PLACE -> {
                    ok = isAt(instruction.place(), at);
                    pc++;
                }
                case BACK, BACK_ANY_CASE -> {
                    at = back(instruction, at);
                    ok = at >= 0;
                    pc++;
                }
                case ATOMIC -> {
                    at = alone(pc + 1, at, -1, true);
                    ok = at >= 0;
                    pc = instruction.x();
                }
                case AHEAD -> {
                    ok = alone(pc + 1, at, -1, true) >= 0;
                    pc = instruction.x();
                }
                case NOT_AHEAD -> {
                    ok = alone(pc + 1, at, -1, false) < 0;
                    pc = instruction.x();
                }
                case BEHIND, NOT_BEHIND -> {
                    boolean wanted = instruction.kind() == RegexProgram.Kind.BEHIND;
                    boolean found = false;
                    for (int from = at; from >= 0 && !found; from--) {
                        steps++;
                        found = alone(pc + 1, from, at, wanted) >= 0;
                    }
                    ok = found == wanted;
                    pc = instruction.x();
                }
                case DONE -> {
                    ok = mustEnd < 0 || mustEnd == at;
                    if (ok) {
                        return at;
                    }
                }
            }
            if (ok) {
                continue;
            }
            // Goes back to what was not tried yet.
            boolean resumed = false;
            while (top > base && !resumed) {
                top -= ENTRY;
                int kind = stack[top];
                int a = stack[top + 1];
                int b = stack[top + 2];
                int c = stack[top + 3];
                switch (kind) {
                    case UNDO -> slots[a] = b;
                    case BRANCH -> {
                        pc = a;
                        at = b;
                        resumed = true;
                    }
                    case MANY -> {
                        pc = a;
                        at = before(b);
                        if (at > c) {
                            push(MANY, a, at, c);
                        }
                        resumed = true;
                    }
                    default -> {
                        Instruction few = program[a];
                        int next = one(few, b);
                        if (next >= 0) {
                            if (c > 1) {
                                push(FEW, a, next, c == Integer.MAX_VALUE ? c : c - 1);
                            }
                            pc = a + 1;
                            at = next;
                            resumed = true;
                        }
                    }
                }
                steps++;
            }
            if (!resumed) {
                return -1;
            }
        }
    }

    /** Runs a part by itself; what it saved is kept, and undone later, when it was found and {@code keep} is true. */
    private int alone(int first, int start, int mustEnd, boolean keep) {
        int base = top;
        int end = run(first, start, mustEnd);
        if (end >= 0 && keep) {
            int kept = base;
            for (int entry = base; entry < top; entry += ENTRY) {
                if (stack[entry] == UNDO) {
                    System.arraycopy(stack, entry, stack, kept, ENTRY);
                    kept += ENTRY;
                }
            }
            steps += (top - base) / ENTRY;
            top = kept;
            return end;
        }
        while (top > base) {
            top -= ENTRY;
            if (stack[top] == UNDO) {
                slots[stack[top + 1]] = stack[top + 2];
            }
            steps++;
        }
        return end;
    }

    private void push(int kind, int a, int b, int c) {
        if (top == stack.length) {
            if (top >= DEEPEST) {
                throw JsonataException.tooLarge();
            }
            meter.burn(top / STEPS);
            stack = Arrays.copyOf(stack, 2 * top);
        }
        stack[top] = kind;
        stack[top + 1] = a;
        stack[top + 2] = b;
        stack[top + 3] = c;
        top += ENTRY;
    }

    private void save(int slot, int value) {
        push(UNDO, slot, slots[slot], 0);
        slots[slot] = value;
        steps++;
    }

    /** Behind the character at {@code at}; negative when it is not in the set. */
    private int one(Instruction instruction, int at) {
        if (at >= text.length()) {
            return -1;
        }
        int c = text.codePointAt(at);
        return instruction.set().contains(c) ? at + Character.charCount(c) : -1;
    }

    private int least(Instruction instruction, int from) {
        int at = from;
        for (int i = 0; i < instruction.x() && at >= 0; i++) {
            at = one(instruction, at);
            count();
        }
        return at;
    }

    private int most(Instruction instruction, int from) {
        int at = from;
        for (int i = instruction.x(); i < instruction.y(); i++) {
            int next = one(instruction, at);
            count();
            if (next < 0) {
                break;
            }
            at = next;
        }
        return at;
    }

    private void count() {
        if (++steps >= 256) {
            charge();
        }
    }

    private int before(int at) {
        return at - Character.charCount(text.codePointBefore(at));
    }

    private int back(Instruction instruction, int at) {
        int from = slots[2 * instruction.x()];
        int to = slots[2 * instruction.x() + 1];
        if (from < 0 || to < 0) {
            return at;
        }
        steps += to - from;
        boolean anyCase = instruction.kind() == RegexProgram.Kind.BACK_ANY_CASE;
        return text.regionMatches(anyCase, from, text, at, to - from) ? at + to - from : -1;
    }

    private boolean isAt(RegexNode.Place place, int at) {
        int length = text.length();
        return switch (place) {
            case START -> at == 0;
            case END -> at == length;
            case LINE_START -> at == 0 || !CharacterSet.DOT.contains(text.charAt(at - 1));
            case LINE_END -> at == length || !CharacterSet.DOT.contains(text.charAt(at));
            case BEFORE_LAST_LINE_END ->
                at == length || (at == length - 1 && !CharacterSet.DOT.contains(text.charAt(at)));
            case WORD_EDGE -> isWord(at - 1) != isWord(at);
            case INSIDE_WORD -> isWord(at - 1) == isWord(at);
        };
    }

    private boolean isWord(int at) {
        return at >= 0 && at < text.length() && CharacterSet.WORD.contains(text.charAt(at));
    }
}
