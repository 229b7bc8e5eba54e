package dev.reprise.query.jsonata;

/** <code>|pattern|update, delete|</code> as a function of the value that it is applied to. */
@SuppressWarnings("serial")
final class TransformValue extends FunctionValue {

    final transient Node.Transform code;
    final transient Frame frame;

    TransformValue(Node.Transform code, Frame frame) {
        this.code = code;
        this.frame = frame;
    }

    @Override
    int parameters() {
        return 1;
    }
}
