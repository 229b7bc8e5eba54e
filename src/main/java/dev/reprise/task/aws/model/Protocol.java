package dev.reprise.task.aws.model;

/**
 * How a service's requests and answers look on the wire.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">Smithy, AWS protocols</a>
 */
public enum Protocol {
    JSON_1_0("json-1.0"),
    JSON_1_1("json-1.1"),
    REST_JSON("rest-json"),
    QUERY("query"),
    EC2("ec2"),
    REST_XML("rest-xml");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    /** As tables and documents write it, such as {@code rest-json}. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException when there is no such protocol */
    static Protocol of(String text) {
        for (Protocol protocol : values()) {
            if (protocol.text.equals(text)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("No protocol is called '" + text + "'");
    }
}
