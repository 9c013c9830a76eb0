package dev.assay.route;

class RadialSoftmaxRouterTest extends RouterContract {
    @Override
    String name() {
        return "softmax-radial";
    }

    @Override
    double toleranceOfTwins() {
        // what the radial functions stand around are rows, whatever their weight
        return 0.05;
    }
}
