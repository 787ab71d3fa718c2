package io.hindsight.kernels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.hindsight.kernels", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule shouldUseTheVectorApiInOnePackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hindsight.kernels.math.simd")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule shouldNeedNothingButTheJdk =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.hindsight.kernels..", "java..", "jdk.incubator.vector..");

  @ArchTest
  static final ArchRule shouldHaveNoCyclesAmongPackages =
      slices().matching("io.hindsight.kernels.(**)").should().beFreeOfCycles();
}
