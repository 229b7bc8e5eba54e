package dev.reprise.task;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function's name, given whole: {@code arn:aws:lambda:us-east-1:111111111111:function:charge}, perhaps with a version or an alias at its end.
 *
 * @param text the whole of it
 * @param region where the function is
 * @param name its bare name
 * @param qualifier version or alias; null when there is none
 */
record FunctionArn(
        String text, String region, String name, @Nullable String qualifier) {

    private static final Pattern FORM = Pattern.compile(
            "arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):[0-9]{12}:function:(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>[A-Za-z0-9$_-]+))?");

    /** Null when the text is none. */
    static @Nullable FunctionArn parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new FunctionArn(text, matcher.group("region"), matcher.group("name"), matcher.group("qualifier"))
                : null;
    }

    /** The same function whatever its version. */
    String unqualified() {
        return qualifier == null ? text : text.substring(0, text.length() - qualifier.length() - 1);
    }
}
