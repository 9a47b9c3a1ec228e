package dev.gavel.auctions;

import dev.gavel.runtime.FunctionHost;

/// Runs the function of this context that `SPRING_CLOUD_FUNCTION_DEFINITION` names.
public final class AuctionsApplication {

    private AuctionsApplication() {}

    public static void main(String[] args) {
        FunctionHost.run(AuctionFunctions.class);
    }
}
