package io.hindsight.submit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.hindsight", importOptions = ImportRulesTest.MainClasses.class)
class ImportRulesTest {
  private static final int MOST_TYPES = 25; // of a package
  private static final int TYPES_OF_NINE_IN_TEN = 20;

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

  @ArchTest
  static void shouldKeepPackagesSmall(JavaClasses classes) {
    Map<String, Long> types =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    List<Long> sizes = types.values().stream().sorted().toList();
    assertTrue(sizes.get(sizes.size() - 1) <= MOST_TYPES, types.toString());
    int ninetieth = (int) Math.ceil(0.9 * sizes.size()) - 1;
    assertTrue(sizes.get(ninetieth) <= TYPES_OF_NINE_IN_TEN, types.toString());
  }
}
