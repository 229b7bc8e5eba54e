package dev.reprise.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Gives tests a DynamoDB that is real but for its scale: one DynamoDB Local for the whole test run, in memory.
 *
 * <p>A test class annotated {@code @ExtendWith(DynamoDbLocalExtension.class)} may ask for three kinds of parameter, in
 * constructors as in methods: a {@link DynamoDbClient}, shared by all and not to be closed; the endpoint as a {@link
 * URI}; and a {@link TableName} that no other test has.
 */
public final class DynamoDbLocalExtension implements ParameterResolver {

    /** A name for a table that does not exist yet and is this test's own. */
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface TableName {}

    /** Begun at the first use; one for all tests of this class loader. */
    private static final class Shared {
        static final URI ENDPOINT = SharedDynamoDbLocal.endpoint(Optional.empty());
        static final DynamoDbClient CLIENT = DynamoDbLocal.newClient(ENDPOINT);
    }

    /** The shared client, for code that is no test method. Not to be closed. */
    public static DynamoDbClient client() {
        return Shared.CLIENT;
    }

    /** Where the shared server listens. */
    public static URI endpoint() {
        return Shared.ENDPOINT;
    }

    /** A table name that nobody else has: a counter would not do, for Quarkus' class loader has one of its own. */
    public static String newTableName() {
        return "test-" + UUID.randomUUID();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DynamoDbClient.class
                || type == URI.class
                || (type == String.class && parameter.isAnnotated(TableName.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == DynamoDbClient.class) {
            return client();
        }
        return type == URI.class ? endpoint() : newTableName();
    }
}
