package dev.reprise.function;

import dev.reprise.dataset.FolderObjects;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.s3.S3Objects;
import dev.reprise.runtime.MapData;
import dev.reprise.task.TaskThreads;
import dev.reprise.task.aws.client.AwsClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this function's objects are. */
@Singleton
final class ObjectWiring {

    /**
     * The store that distributed Maps read from and write to.
     *
     * @param form {@code reprise.objects}: {@code aws}, or {@code local} in development and tests
     * @param folder {@code reprise.objects-folder}: where the buckets are, when they are local
     */
    @Produces
    @Singleton
    ObjectStore objects(
            @ConfigProperty(name = "reprise.objects", defaultValue = "aws") String form,
            @ConfigProperty(name = "reprise.objects-folder", defaultValue = ".reprise/s3") Path folder,
            Provider<AwsClient> client) {
        return switch (form) {
            case "aws" -> new S3Objects(client::get);
            case "local" -> new FolderObjects(folder);
            default -> throw new IllegalArgumentException("reprise.objects is 'aws' or 'local', not '" + form + "'");
        };
    }

    @Produces
    @Singleton
    MapData mapData(ObjectStore objects, TaskThreads threads) {
        return new MapData(objects, threads);
    }
}
