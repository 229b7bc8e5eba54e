package dev.reprise.asl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Reads JSON that comes from outside. A number beyond the range of a double, such as {@code 1e400}, is refused with an
 * {@link InputCoercionException}: Jackson would make it infinite, which has no JSON, and would write it as the text
 * {@code "Infinity"}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-6">RFC 8259, Numbers: a receiver may set limits on their
 *     range</a>
 */
public final class FiniteJsonFactory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    /** With Jackson's own bounds. */
    public FiniteJsonFactory() {}

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        return new FiniteParser(super._createParser(in, context));
    }

    @Override
    protected JsonParser _createParser(Reader reader, IOContext context) throws IOException {
        return new FiniteParser(super._createParser(reader, context));
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) throws IOException {
        return new FiniteParser(super._createParser(data, offset, length, context));
    }

    @Override
    protected JsonParser _createParser(char[] data, int offset, int length, IOContext context, boolean recyclable)
            throws IOException {
        return new FiniteParser(super._createParser(data, offset, length, context, recyclable));
    }

    private static final class FiniteParser extends JsonParserDelegate {

        FiniteParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public double getDoubleValue() throws IOException {
            return finite(super.getDoubleValue());
        }

        @Override
        public Number getNumberValue() throws IOException {
            Number value = super.getNumberValue();
            if (value instanceof Double number) {
                finite(number);
            }
            return value;
        }

        private double finite(double value) throws IOException {
            if (!Double.isFinite(value)) {
                throw new InputCoercionException(
                        this,
                        "Numeric value (" + shortened(getText()) + ") out of range of double",
                        JsonToken.VALUE_NUMBER_FLOAT,
                        Double.TYPE);
            }
            return value;
        }

        private static String shortened(String number) {
            return number.length() <= 40 ? number : number.substring(0, 40) + "…";
        }
    }
}
