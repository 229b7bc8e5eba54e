package dev.reprise.task.aws.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The whole body of an answer, up to a bound. Used by one answer; its methods are called one after the other. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    /** As they came; the JDK's client does not use them again. */
    private final List<ByteBuffer> buffers = new ArrayList<>();

    private final int largest;
    private int size;
    private @Nullable Subscription subscription;

    BoundedBody(int largest) {
        this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > largest - size) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.completeExceptionally(new TooLargeAnswerException(largest));
                return;
            }
            size += part.remaining();
            buffers.add(part);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        byte[] whole = new byte[size];
        int from = 0;
        for (ByteBuffer part : buffers) {
            int length = part.remaining();
            part.get(whole, from, length);
            from += length;
        }
        body.complete(whole);
    }

    /** An answer that nobody could work with. */
    static final class TooLargeAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeAnswerException(int largest) {
            super("The answer has more than " + largest + " bytes");
        }
    }
}
