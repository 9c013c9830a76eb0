package dev.assay.tribuo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;

/** What docs/tribuo.md shows. */
final class DocumentedExample {
    private DocumentedExample() {}

    static void run(Dataset<Label> train, Dataset<Label> test, Path folder, PrintStream out) throws IOException {
        // docs/tribuo.md from here
        AssayModel<Label> model = (AssayModel<Label>) new AssayClassificationTrainer(1).train(train);
        out.println(model.getProvenance().getInstanceProvenance().getMap().get("verdict"));
        out.println(new LabelEvaluator().evaluate(model, test).accuracy());
        out.println(model.blocks(test.getExample(0))[0]);

        model.serializeToFile(folder.resolve("model.tribuo"));
        Model<Label> read =
                Model.deserializeFromFile(folder.resolve("model.tribuo")).castModel(Label.class);
        out.println(read.predict(test.getExample(0)).getOutput());

        model.routed().save(folder.resolve("model")); // for assay predict and assay export --onnx
        // to here
    }
}
