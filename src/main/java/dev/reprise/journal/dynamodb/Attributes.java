package dev.reprise.journal.dynamodb;

import dev.reprise.journal.codec.Body;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.UnknownVersionException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item being written or read: typed access to its attributes, with errors that name what is missing. */
public final class Attributes {

    /**
     * Version of the layout of all items, and of the entries in them. It stands here alone; {@link
     * dev.reprise.core.Semantics#VERSION} is that of what they mean.
     */
    public static final int FORMAT = 1;

    /** How many bytes DynamoDB takes for a partition key. */
    static final int LONGEST_PK = 2_048;

    /** The same for a sort key. */
    static final int LONGEST_SK = 1_024;

    private static final AttributeValue FORMAT_VALUE = number(FORMAT);

    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final Map<String, AttributeValue> values;

    /** Of an item that was read. */
    public Attributes(Map<String, AttributeValue> values) {
        this.values = values;
    }

    /** A new item. */
    static Attributes item(String pk, String sk) {
        Attributes item = new Attributes(new HashMap<>(32));
        item.put(JournalTable.PK, text(pk)).put(JournalTable.SK, text(sk)).put("format", FORMAT_VALUE);
        return item;
    }

    /** To put attributes in that change an item. */
    static Attributes none() {
        return new Attributes(new HashMap<>());
    }

    /** An item's key. */
    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of(JournalTable.PK, text(pk), JournalTable.SK, text(sk));
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue number(double value) {
        return AttributeValue.fromN(Double.toString(value));
    }

    static AttributeValue millis(Instant value) {
        return number(value.toEpochMilli());
    }

    /** Milliseconds since 1970, or the most that there are. */
    static long millisAtMost(Instant value) {
        return value.isAfter(LAST) ? Long.MAX_VALUE : value.toEpochMilli();
    }

    Map<String, AttributeValue> values() {
        return values;
    }

    Attributes put(String name, AttributeValue value) {
        values.put(name, value);
        return this;
    }

    /**
     * Puts a body as {@code name} or, compressed, as {@code nameDeflated} and {@code nameLength} or, sealed, as {@code
     * nameSealed}.
     */
    Attributes put(String name, Body body) {
        byte[] sealed = body.sealed();
        if (sealed != null) {
            return put(name + "Sealed", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(sealed)));
        }
        String text = body.text();
        if (text != null) {
            return put(name, text(text));
        }
        byte[] deflated = java.util.Objects.requireNonNull(body.deflated());
        return put(name + "Deflated", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(deflated)))
                .put(name + "Length", number(body.length()));
    }

    /**
     * Puts a payload as {@code name} or, sealed, as {@code nameSealed} or, kept elsewhere, its hash as {@code
     * nameBlob}.
     */
    Attributes put(String name, Payload payload) {
        return switch (payload) {
            case Payload.Inline(String json) -> put(name, text(json));
            case Payload.Sealed(Body body) -> put(name, body);
            case Payload.Stored(String hash) -> put(name + "Blob", text(hash));
        };
    }

    /**
     * @param what names the item, such as {@code "Execution orders/x: segment 3"}
     * @throws UnknownVersionException unless this engine knows the item's layout
     */
    void requireKnownFormat(String what) {
        long format = longAt("format");
        if (format != FORMAT) {
            throw new UnknownVersionException(what, "format", format, FORMAT);
        }
    }

    /** Whether there is such an attribute. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String textOrNull(String name) {
        AttributeValue value = values.get(name);
        if (value != null && value.s() == null) {
            throw new UnreadableItemException("its attribute '" + name + "' is no text");
        }
        return value == null ? null : value.s();
    }

    public String textAt(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new UnreadableItemException("it has no text attribute '" + name + "'");
        }
        return text;
    }

    /** Texts by their names; empty when there is no such attribute. */
    Map<String, String> textsAt(String name) {
        AttributeValue value = values.get(name);
        Map<String, String> texts = new HashMap<>();
        if (value != null) {
            value.m().forEach((key, text) -> texts.put(key, String.valueOf(text.s())));
        }
        return texts;
    }

    long longAt(String name) {
        try {
            return new BigDecimal(digits(name)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UnreadableItemException("its attribute '" + name + "' is no whole number");
        }
    }

    long longAt(String name, long absent) {
        return has(name) ? longAt(name) : absent;
    }

    int intAt(String name) {
        long number = longAt(name);
        if (number != (int) number) {
            throw new UnreadableItemException("its attribute '" + name + "' is beyond what it can be: " + number);
        }
        return (int) number;
    }

    double doubleAt(String name, double absent) {
        return has(name) ? decimal(name) : absent;
    }

    /**
     * The moment that an attribute tells.
     *
     * @throws UnreadableItemException if it is absent or no number
     */
    public Instant instantAt(String name) {
        return Instant.ofEpochMilli(longAt(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        return has(name) ? instantAt(name) : null;
    }

    Body bodyAt(String name) {
        byte[] sealed = bytesOrNull(name + "Sealed");
        if (sealed != null) {
            return Body.sealed(sealed);
        }
        byte[] deflated = bytesOrNull(name + "Deflated");
        return deflated == null ? Body.text(textAt(name)) : Body.deflated(deflated, intAt(name + "Length"));
    }

    private byte @Nullable [] bytesOrNull(String name) {
        AttributeValue value = values.get(name);
        if (value == null) {
            return null;
        }
        SdkBytes bytes = value.b();
        if (bytes == null) {
            throw new UnreadableItemException("its attribute '" + name + "' is not binary");
        }
        return bytes.asByteArrayUnsafe();
    }

    /** Whether there is a payload of that name, in any form. */
    boolean hasPayload(String name) {
        return has(name) || has(name + "Sealed") || has(name + "Blob");
    }

    Payload payloadAt(String name) {
        String hash = textOrNull(name + "Blob");
        if (hash != null) {
            return new Payload.Stored(hash);
        }
        byte[] sealed = bytesOrNull(name + "Sealed");
        return sealed == null ? new Payload.Inline(textAt(name)) : new Payload.Sealed(Body.sealed(sealed));
    }

    private double decimal(String name) {
        try {
            return Double.parseDouble(digits(name));
        } catch (NumberFormatException e) {
            throw new UnreadableItemException("its attribute '" + name + "' is no number");
        }
    }

    private String digits(String name) {
        AttributeValue value = values.get(name);
        String digits = value == null ? null : value.n();
        if (digits == null) {
            throw new UnreadableItemException("it has no number attribute '" + name + "'");
        }
        return digits;
    }
}
