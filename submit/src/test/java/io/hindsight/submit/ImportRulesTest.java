package io.hindsight.submit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hindsight", importOptions = ImportRulesTest.MainClasses.class)
class ImportRulesTest {

  /** Tests of other modules are a folder to some goals of Maven, and a jar to others. */
  static final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule COMMANDS_KNOW_SPARK_THROUGH_THE_DRIVER_ONLY =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.submit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PARSES_ARGUMENTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hindsight.submit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule NOTHING_BELOW_KNOWS_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hindsight.submit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.hindsight.submit..");

  @ArchTest
  static final ArchRule NO_PACKAGES_USE_EACH_OTHER_IN_A_CIRCLE =
      slices().matching("io.hindsight.(**)").should().beFreeOfCycles();
}
