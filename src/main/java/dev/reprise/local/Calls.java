package dev.reprise.local;

import dev.reprise.http.HttpCall;
import java.util.UUID;
import java.util.regex.Pattern;

/** What tells calls apart. */
final class Calls {

    /** In which the command line and the SDKs of AWS send the same id each time that they try a call again. */
    private static final String OF_SDK = "amz-sdk-invocation-id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{8,80}");

    private Calls() {}

    /**
     * The call's id: that of the client, if it has one, so that what it tries again is known again. Else the one that
     * the server gave it.
     */
    static String id(HttpCall call) {
        String ofSdk = call.header(OF_SDK);
        if (ofSdk != null && ID.matcher(ofSdk).matches()) {
            return ofSdk;
        }
        String ofServer = call.header(ApplicationRequests.CALL_ID);
        return ofServer == null ? UUID.randomUUID().toString() : ofServer;
    }
}
