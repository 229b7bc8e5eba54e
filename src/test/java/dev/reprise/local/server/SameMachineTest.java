package dev.reprise.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.http.HttpAnswer;
import dev.reprise.http.HttpCall;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameMachineTest {

    private final SameMachine guarded =
            new SameMachine(call -> HttpAnswer.text(200, "application/json", "{\"executions\": []}"));

    /** Headers as programs and browsers send them; {@code -} stands for none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        POST | localhost:8080         | -                        | -           | -        | application/x-www-form-urlencoded | 200 | curl -d
        POST | 127.0.0.1:8080         | -                        | -           | -        | -                                 | 200 | a program
        POST | [::1]:8080             | -                        | -           | -        | application/json                  | 200 | a program
        POST | sync-localhost:8080    | -                        | -           | -        | application/x-amz-json-1.0        | 200 | an SDK of AWS
        POST | shop.localhost         | -                        | -           | -        | application/json                  | 200 | a program
        POST | localhost:8080         | http://localhost:8080    | same-origin | cors     | application/json                  | 200 | the console
        GET  | localhost:8080         | -                        | none        | navigate | -                                 | 200 | an address typed in
        GET  | localhost:8080         | -                        | cross-site  | navigate | -                                 | 200 | a link followed
        POST | evil.example:8080      | https://evil.example     | -           | -        | text/plain                        | 403 | a rebound name
        POST | localhost.evil.example | -                        | -           | -        | application/json                  | 403 | a rebound name
        POST | 192.168.1.5:8080       | -                        | -           | -        | application/json                  | 403 | another address
        POST | localhost:8080         | https://evil.example     | cross-site  | cors     | application/json                  | 403 | a page of elsewhere
        POST | localhost:8080         | http://localhost:3000    | same-site   | cors     | application/json                  | 403 | another server's page
        POST | localhost:8080         | null                     | cross-site  | cors     | text/plain                        | 403 | a page in a sandbox
        GET  | localhost:8080         | -                        | cross-site  | no-cors  | -                                 | 403 | a script or an image
        POST | localhost:8080         | -                        | cross-site  | navigate | application/x-www-form-urlencoded | 403 | a form of elsewhere
        POST | localhost:8080         | http://localhost:8080    | same-origin | cors     | text/plain                        | 415 | a page that forgot
        POST | localhost:8080         | http://localhost:8080    | -           | -        | multipart/form-data; boundary=x   | 415 | a form
        """)
    void letsThroughWhatThisMachineAsksAndNoPageOfElsewhere(
            String method, String host, String origin, String site, String mode, String type, int status, String who) {
        Map<String, String> headers = new HashMap<>();
        put(headers, "Host", host);
        put(headers, "Origin", origin);
        put(headers, "Sec-Fetch-Site", site);
        put(headers, "Sec-Fetch-Mode", mode);
        put(headers, "Content-Type", type);

        HttpAnswer answer = guarded.answer(new HttpCall(method, "/", "", headers, new byte[0]));

        assertThat(answer.status()).as(who).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("X-Content-Type-Options", "nosniff");
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (!value.equals("-")) {
            headers.put(name, value);
        }
    }

    /** HTTP/1.0 needs none; a browser always sends one. */
    @Test
    void aRequestWithoutAHostIsNoBrowsers() {
        assertThat(guarded.refusal(new HttpCall("GET", "/", "", Map.of(), new byte[0])))
                .isNull();
        assertThat(guarded.refusal(new HttpCall("GET", "/", "", Map.of("Origin", "http://localhost"), new byte[0])))
                .isNotNull();
    }
}
