package dev.gavel.aws;

import dev.gavel.runtime.Span;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// A span for each call to AWS that is part of a trace somebody records, its attempts included.
final class AwsSpans implements ExecutionInterceptor {

    private static final ExecutionAttribute<Span> SPAN = new ExecutionAttribute<>("gavel.span");

    @Override
    public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        attributes.putAttribute(
                SPAN,
                Span.begin(Span.Kind.CLIENT, service + "." + operation)
                        .with("rpc.system", "aws-api")
                        .with("rpc.service", service)
                        .with("rpc.method", operation));
    }

    @Override
    public void afterExecution(Context.AfterExecution call, ExecutionAttributes attributes) {
        attributes.getAttribute(SPAN).close();
    }

    /// A condition that did not hold is an answer, but one that looks like a failure to the client.
    @Override
    public void onExecutionFailure(Context.FailedExecution call, ExecutionAttributes attributes) {
        Span span = attributes.getAttribute(SPAN);
        span.failed(call.exception().getClass().getSimpleName()).close();
    }
}
