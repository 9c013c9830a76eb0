package dev.assay.route;

class CentroidRouterTest extends RouterContract {
    @Override
    String name() {
        return "centroid";
    }
}
