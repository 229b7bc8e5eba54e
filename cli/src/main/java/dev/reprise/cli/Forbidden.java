package dev.reprise.cli;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to look at when AWS lets a request not through. */
final class Forbidden {

    /** Errors by which a service of AWS says the same as others by status 403. */
    private static final Set<String> ERRORS = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");

    private Forbidden() {}

    /** Whether an answer is such a refusal. */
    static boolean is(int status, String error) {
        return status == 401 || status == 403 || ERRORS.contains(error);
    }

    /**
     * A sentence or two.
     *
     * @param error the error's name; empty where there is none
     * @param message what the answer says; empty if nothing
     */
    static String advice(@Nullable Signing signing, String error, String message) {
        if (signing == null) {
            return "It was not signed: --service lambda or --service execute-api says for what it is to be";
        }
        String told = (error + " " + message).toLowerCase(Locale.ROOT);
        String request = "It was " + signing + ". ";
        if (told.contains("signature expired") || told.contains("not yet current") || told.contains("tooskewed")) {
            return request + "Set this machine's clock: it is off by more than five minutes";
        }
        if (told.contains("expired")) {
            return request + "These credentials have expired: sign in again, or fetch new ones";
        }
        if (told.contains("credential should be scoped")) {
            return request + "It is another service or region: --service, --region";
        }
        if (told.contains("security token") || told.contains("signature") || told.contains("unrecognizedclient")) {
            return request + "Look whether this key and its secret are the right ones, and still active";
        }
        return request + "Look whether " + right(signing.service()) + "; aws sts get-caller-identity tells who you are";
    }

    private static String right(String service) {
        return switch (service) {
            case "lambda" ->
                "you may lambda:InvokeFunctionUrl and lambda:InvokeFunction, by your own policies and, from another"
                        + " account, by the function's too";
            case "execute-api" ->
                "you may execute-api:Invoke, and the API has the stage of this URL, with POST and IAM authorization";
            default -> "you may do this on " + service;
        };
    }
}
