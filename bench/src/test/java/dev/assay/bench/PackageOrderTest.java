package dev.assay.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The one rule of the house: a package imports only packages above it in the list. */
class PackageOrderTest {

    /** dev.assay itself: Assay from Java. */
    private static final String FACADE = "";

    private static final List<String> ORDER = List.of(
            "work",
            "linalg",
            "data.text",
            "data",
            "engine",
            "drift",
            "rules",
            "quality",
            "model",
            "learn",
            "influence",
            "potential",
            "potential.linear",
            "noise",
            "purify",
            "mixture",
            "divide",
            "compare",
            "judge",
            "route",
            "predict",
            "job",
            "io.file",
            "io.cell",
            "io.network",
            "io.read",
            "io.scratch",
            "io.table",
            "io.array",
            "io.preview",
            "io.corrected",
            "io.result",
            "io.model",
            "io",
            FACADE,
            "onnx.graph",
            "onnx",
            "trees",
            "tribuo",
            "embed",
            "spark",
            "app.result",
            "app.report",
            "app.screen",
            "app.run",
            "app.web.http",
            "app.web.run",
            "app.web.input",
            "app.web.review",
            "app.web.predict",
            "app.web",
            "app.cli",
            "bench.rival",
            "bench");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.assay");

    @Test
    void aPackageImportsOnlyPackagesAboveIt() {
        for (int room = 0; room < ORDER.size() - 1; room++) {
            String[] below = ORDER.subList(room + 1, ORDER.size()).stream()
                    .map(PackageOrderTest::name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(name(ORDER.get(room)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> rooms = classes.stream()
                .map(PackageOrderTest::room)
                .filter(room -> !room.endsWith(".jmh_generated"))
                .collect(Collectors.toUnmodifiableSet());

        assertThat(rooms).isNotEmpty().isSubsetOf(ORDER);
    }

    private static String name(String room) {
        return room.equals(FACADE) ? "dev.assay" : "dev.assay." + room;
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(name(FACADE)) ? FACADE : name.substring("dev.assay.".length());
    }
}
