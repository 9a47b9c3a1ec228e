package dev.gavel.media;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class MediaApplication {

    private MediaApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(MediaFunctions.class);
    }
}
