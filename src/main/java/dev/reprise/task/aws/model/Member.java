package dev.reprise.task.aws.model;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of a structure.
 *
 * @param name as workflows write it, in PascalCase
 * @param place where it stands in a request or an answer
 * @param wireName as it is called there: of a field, of a header, of a parameter
 * @param ec2Name as the EC2 protocol calls it; null when that follows from the other names
 * @param namespace of its element in XML, {@code URI} or {@code PREFIX=URI}; null when it has none of its own
 * @param traits what else is said of it
 */
public record Member(
        String name,
        ShapeReference type,
        Place place,
        String wireName,
        @Nullable String ec2Name,
        @Nullable String namespace,
        Set<Trait> traits) {

    public Member {
        traits = Set.copyOf(traits);
    }

    /** Where a member stands. */
    public enum Place {
        BODY,
        HEADER,
        /** Headers whose names begin alike; the member is a map. */
        HEADERS,
        QUERY,
        PATH,
        /** The answer's status code. */
        STATUS
    }

    /** What is special about a member. */
    public enum Trait {
        /** It is the whole body. */
        PAYLOAD,
        /** A random text takes its place where it is absent. */
        TOKEN,
        /** An attribute in XML, not an element. */
        ATTRIBUTE,
        /** A part of the host's name. */
        HOST,
        /** A list or map without an envelope in XML and forms. */
        FLAT;

        static Trait of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Its name in {@code aws-sdk} tasks. The AWS SDK for Java turns what a name begins with into lower case, up to the
     * next word, and Step Functions makes the first letter large again: {@code DBInstanceIdentifier} is {@code
     * DbInstanceIdentifier}, {@code SNSTopicArn} is {@code SnsTopicArn}, {@code ETag} stays as it is, {@code BOOL} is
     * {@code Bool}.
     */
    public String sdkName() {
        if (name.equals("NULL")) {
            // Of a value in DynamoDB: "null" is a word of Java's own.
            return "Nul";
        }
        StringBuilder written = new StringBuilder(name);
        for (int i = 1; i < name.length() && Character.isUpperCase(name.charAt(i)); i++) {
            if (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))) {
                break;
            }
            written.setCharAt(i, Character.toLowerCase(name.charAt(i)));
        }
        return written.toString();
    }

    /** What its values are. */
    public Shape shape() {
        return type.shape();
    }

    public boolean isPayload() {
        return traits.contains(Trait.PAYLOAD);
    }

    public boolean isIdempotencyToken() {
        return traits.contains(Trait.TOKEN);
    }

    public boolean isXmlAttribute() {
        return traits.contains(Trait.ATTRIBUTE);
    }

    /** Whether it is a list or map whose elements have no envelope. */
    public boolean isFlat() {
        return traits.contains(Trait.FLAT)
                || switch (shape()) {
                    case Shape.ListOf list -> list.flat();
                    case Shape.MapOf map -> map.flat();
                    case Shape.Scalar scalar -> false;
                    case Shape.Time time -> false;
                    case Structure structure -> false;
                };
    }
}
