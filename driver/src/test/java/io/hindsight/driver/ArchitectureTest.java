package io.hindsight.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hindsight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule shouldImportSparkInTheEngineAndTheEstimatorOnly =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.driver..")
          .and()
          .resideOutsideOfPackages("io.hindsight.driver.engine..", "io.hindsight.driver.ml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

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
      slices().matching("io.hindsight.driver.(*)..").should().beFreeOfCycles();
}
