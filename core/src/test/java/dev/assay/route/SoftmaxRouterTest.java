package dev.assay.route;

class SoftmaxRouterTest extends RouterContract {
    @Override
    String name() {
        return "softmax";
    }
}
