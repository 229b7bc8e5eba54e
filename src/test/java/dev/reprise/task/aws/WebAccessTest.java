package dev.reprise.task.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAccessTest {

    private static void check(String uri, boolean onlyListed, String... allowed) {
        new WebAccess(List.of(allowed), true, onlyListed).check(URI.create(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, https://api.example.com/v1/orders",
        "https://api.example.com/v1/, https://api.example.com/v1/orders?a=b",
        "https://api.example.com/v1, https://api.example.com/v1",
        "https://*.example.com, https://a.b.example.com/x",
        "http://localhost:8080, http://localhost:8080/x",
        "https://API.example.com, https://api.EXAMPLE.com",
        "https://api.example.com/v1, https://api.example.com/v1/a..b/.c/...;d/e%2ff.",
    })
    void whatIsListedMayBeCalled(String allowed, String uri) {
        assertThatCode(() -> check(uri, true, allowed)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, https://api.example.com.evil.org/",
        "https://api.example.com, https://evil.org/https://api.example.com",
        "https://api.example.com, https://api.example.com@evil.org/",
        "https://api.example.com, https://api.example.com:8443/",
        "https://api.example.com, http://api.example.com/",
        "https://api.example.com/v1, https://api.example.com/v10",
        "https://api.example.com/v1, https://api.example.com/v1/../admin",
        "https://api.example.com/v1, https://api.example.com/v1/%2e%2E/admin",
        "https://api.example.com/v1, https://api.example.com/v1/..",
        "https://api.example.com/v1, https://api.example.com/v1/..%2fadmin",
        "https://api.example.com/v1, https://api.example.com/v1/x%2F%2e%2E%2fadmin",
        "https://api.example.com/v1, https://api.example.com/v1/..%5cadmin",
        "https://api.example.com/v1, https://api.example.com/v1/..;a=b/admin",
        "https://*.example.com, https://example.com/",
        "https://*.example.com, https://badexample.com/",
    })
    void andNothingElse(String allowed, String uri) {
        assertThatThrownBy(() -> check(uri, false, allowed)).hasMessageStartingWith("States.Runtime: ");
    }

    @Test
    void withoutAListAnyHostMayBeCalledOverHttps() {
        assertThatCode(() -> check("https://example.com/x", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("http://example.com/x?secret=1", false))
                .hasMessage("States.Runtime: http://example.com/x is not called over HTTPS (use https, or add it to"
                        + " reprise.http.allowed)");
        assertThatThrownBy(() -> check("https://example.com/x", true))
                .hasMessage("States.Runtime: https://example.com/x may not be called from here (add it to"
                        + " reprise.http.allowed)");
        assertThatThrownBy(() -> check("file:///etc/passwd", false)).hasMessageContaining("is no URL with a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "224.0.0.1",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void addressesThatAreNotPublicAreRefused(String address) throws Exception {
        assertThat(WebAccess.isPrivate(InetAddress.getByName(address))).isTrue();
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThatThrownBy(() -> new WebAccess(List.of(), false, false)
                        .check(URI.create("https://" + host + "/latest/meta-data")))
                .hasMessageContaining("which is not public (set reprise.http.private-addresses=true if that is meant)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1"})
    void othersArePublic(String address) throws Exception {
        assertThat(WebAccess.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void aListThatIsNoneIsSaidAtStart() {
        assertThatThrownBy(() -> new WebAccess(List.of("example.com"), false, false))
                .hasMessage("reprise.http.allowed: 'example.com' must be a URL, such as https://api.example.com/v1/ or"
                        + " https://*.example.com");
    }
}
