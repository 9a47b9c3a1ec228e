package dev.gavel.dynamo;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Turns the first answer of the server into a 503, after the server did what it was asked.
final class LostAnswer implements ExecutionInterceptor {

    private final AtomicInteger sent = new AtomicInteger();

    int sent() {
        return sent.get();
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return sent.incrementAndGet() == 1
                ? context.httpResponse().toBuilder().statusCode(503).build()
                : context.httpResponse();
    }
}
