package io.hindsight.driver;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.hindsight.driver.spark.SparkApi;
import java.util.Set;

@AnalyzeClasses(packages = "io.hindsight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> INTERNAL =
      Set.of(
          "org.apache.spark.SparkContext$",
          "org.apache.spark.SparkDriverExecutionException",
          "org.apache.spark.SparkEnv",
          "org.apache.spark.package$");

  @ArchTest
  static final ArchRule shouldImportSparkUnderOneWingAndInTheEstimatorOnly =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.driver..")
          .and()
          .resideOutsideOfPackages("io.hindsight.driver.spark..", "io.hindsight.driver.ml..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule shouldCallWhatSparkDoesNotPromiseInOneClass =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.driver..")
          .and()
          .doNotHaveFullyQualifiedName(SparkApi.class.getName())
          .should()
          .dependOnClassesThat(internalOfSpark());

  private static DescribedPredicate<JavaClass> internalOfSpark() {
    return describe(
        "are internal to Spark",
        type ->
            INTERNAL.contains(type.getName())
                || type.getPackageName().startsWith("org.apache.spark.internal"));
  }

  @ArchTest
  static final ArchRule shouldNotReachFromDriverUpToSubmit =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.driver..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.hindsight.submit..");

  @ArchTest
  static final ArchRule shouldNotReachFromDatasetsUpToDriver =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.datasets..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.hindsight.driver..", "io.hindsight.submit..");

  @ArchTest
  static final ArchRule shouldNotReachFromKernelsUpToAnything =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.hindsight.datasets..",
              "io.hindsight.driver..",
              "io.hindsight.submit..",
              "org.apache..");

  @ArchTest
  static final ArchRule shouldHaveNoCyclesAmongPackages =
      slices().matching("io.hindsight.driver.(**)").should().beFreeOfCycles();
}
