package io.hindsight.driver;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.jobs.JobEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

@AnalyzeClasses(packages = "io.hindsight", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final int MOST_REACHED = 66; // files

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
  static final ArchRule shouldReadTablesAndHadoopsSettingsThroughSparkAndNothingElse =
      noClasses()
          .that()
          .resideInAPackage("io.hindsight.datasets..")
          .and()
          .resideOutsideOfPackages(
              "io.hindsight.datasets.table..",
              "io.hindsight.datasets.rows..",
              "io.hindsight.datasets.sequences..",
              "io.hindsight.datasets.chunks..",
              "io.hindsight.datasets.progress..",
              "io.hindsight.datasets.files..")
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
      slices().matching("io.hindsight.(**)").should().beFreeOfCycles();

  /**
   * Of this project's files, those that one has to know to know all of the engine; without the
   * kernels, which it knows by a few classes, however many layers they have.
   */
  @ArchTest
  static void shouldReachFewFilesFromTheEngineOfJobs(JavaClasses classes) {
    Set<String> reached = reached(JobEngine.class.getName(), uses(classes));
    reached.removeIf(name -> name.startsWith("io.hindsight.kernels."));
    assertTrue(reached.size() <= MOST_REACHED, reached.size() + " files: " + reached);
    assertTrue(reached.size() > MOST_REACHED / 2, "not all uses are seen: " + reached);
  }

  private static Set<String> reached(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>(Set.of(start));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (String next : uses.getOrDefault(open.poll(), Set.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }

  private static Map<String, Set<String>> uses(JavaClasses classes) {
    Map<String, Set<String>> uses = new HashMap<>();
    for (JavaClass type : classes) {
      Set<String> used = uses.computeIfAbsent(file(type), name -> new HashSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getName().startsWith("io.hindsight.")) {
          used.add(file(target));
        }
      }
    }
    return uses;
  }

  /** By the name of its outermost class. */
  private static String file(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }
}
