package holdfast.tidy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/// What the module graph cannot say: which parts of java.base the cores must do without.
@AnalyzeClasses(packages = "holdfast", importOptions = DoNotIncludeTests.class)
class LayersTest {

    private static final String[] CORES = {
        "holdfast.vrrp..", "holdfast.bfd..", "holdfast.balance..", "holdfast.probe.."
    };

    @ArchTest
    static final ArchRule CORES_DO_NO_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORES)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.io..",
                                            "java.nio.file..",
                                            "java.nio.channels..",
                                            "java.lang.foreign..",
                                            "java.util.concurrent..")
                                    .or(
                                            belongToAnyOf(
                                                    Thread.class,
                                                    Process.class,
                                                    ProcessBuilder.class)));

    @ArchTest
    static final ArchRule CORES_READ_NO_CLOCK_AND_THROW_NO_DICE =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORES)
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat(
                            belongToAnyOf(Clock.class, Random.class, System.Logger.class));

    @ArchTest
    static final ArchRule ONLY_LINUX_CALLS_NATIVE_CODE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("holdfast.linux..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");
}
