package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The call at the end of a function's body, still to be made: whoever called the function makes it, so that it takes no
 * depth.
 */
@SuppressWarnings("serial")
final class TailCall extends FunctionValue {

    final transient Node.Call call;
    final transient @Nullable JsonNode input;
    final transient Frame frame;

    TailCall(Node.Call call, @Nullable JsonNode input, Frame frame) {
        this.call = call;
        this.input = input;
        this.frame = frame;
    }

    @Override
    int parameters() {
        return 0;
    }
}
