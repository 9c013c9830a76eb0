package dev.assay.predict;

import dev.assay.divide.Block;
import dev.assay.divide.Division;
import dev.assay.route.RouterSelection;
import dev.assay.route.RouterSelector;
import dev.assay.route.RoutingProblem;
import dev.assay.work.Progress;
import dev.assay.work.Workers;

/** Makes a division ready to predict: its experts, and a router between them. */
public final class RoutedModels {
    private RoutedModels() {}

    /**
     * A trained model and how its router was chosen.
     *
     * @param model experts and router
     * @param choice of the router, and what the features know about the block
     */
    public record Trained(RoutedModel model, RouterSelection choice) {}

    /**
     * Fits the router to a division; its experts are taken as they are.
     *
     * @param router a name of {@link RouterSelector#names()}
     * @param seed of folds and samples
     * @throws dev.assay.data.InvalidInputException if there is no such router
     */
    public static Trained train(Division division, String router, long seed, Workers workers, Progress progress) {
        RoutingProblem problem = RoutingProblem.of(division, seed, workers);
        RouterSelection choice = RouterSelector.fit(router, problem, progress, workers);
        RoutedModel model = new RoutedModel(
                LabelSpace.of(division.data().targets()),
                division.blocks().stream().map(Block::expert).toList(),
                choice.router(),
                division.unexplainedShare());
        return new Trained(model, choice);
    }
}
