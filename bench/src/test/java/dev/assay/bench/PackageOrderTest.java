package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The one rule of the house: a package imports only packages above it in the list. */
class PackageOrderTest {
    private static final String HOUSE = "dev.assay.";

    private static final List<String> ORDER = List.of(
            "work",
            "linalg",
            "data",
            "rules",
            "model",
            "learn",
            "influence",
            "potential",
            "noise",
            "purify",
            "mixture",
            "divide",
            "compare",
            "judge",
            "route",
            "predict",
            "io",
            "app.result",
            "app.report",
            "app.web.http",
            "app.web.run",
            "app.web.input",
            "app.web.review",
            "app.web.predict",
            "app.web",
            "app.cli",
            "bench");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.assay");

    @Test
    void aPackageImportsOnlyPackagesAboveIt() {
        List<String> wrong = classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(found ->
                        isOurs(found.getTargetClass()) && place(found.getTargetClass()) > place(found.getOriginClass()))
                .map(Dependency::getDescription)
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> rooms = classes.stream().map(PackageOrderTest::room).collect(Collectors.toUnmodifiableSet());

        assertThat(rooms).isNotEmpty().isSubsetOf(ORDER);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(HOUSE);
    }

    private static int place(JavaClass type) {
        return ORDER.indexOf(room(type));
    }

    /** The smallest listed room that a class lies in; its package where none is. */
    private static String room(JavaClass type) {
        String name = type.getPackageName().substring(HOUSE.length());
        return ORDER.stream()
                .filter(room -> (name + ".").startsWith(room + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse(name);
    }
}
