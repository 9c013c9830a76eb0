package dev.assay.route;

class PriorRouterTest extends RouterContract {
    @Override
    String name() {
        return "prior";
    }

    @Override
    boolean looksAtFeatures() {
        return false;
    }
}
