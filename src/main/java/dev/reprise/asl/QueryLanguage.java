package dev.reprise.asl;

/**
 * The two languages in which a state may select and shape data; a state inherits its machine's, which is JSONPath by
 * default.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">AWS, Transforming data
 *     with JSONata</a>
 */
public enum QueryLanguage {
    JSONPATH("JSONPath"),
    JSONATA("JSONata");

    private final String aslName;

    QueryLanguage(String aslName) {
        this.aslName = aslName;
    }

    /** The spelling of the {@code QueryLanguage} field. */
    public String aslName() {
        return aslName;
    }
}
