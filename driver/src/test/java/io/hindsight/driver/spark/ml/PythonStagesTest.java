package io.hindsight.driver.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages of the Python file are those of Java. */
class PythonStagesTest {
  private static final Path FILE = Path.of("src/main/resources/hindsight_ml.py");
  private static final Pattern PARAM =
      Pattern.compile("(\\w+) = (?:_text\\(|Param\\(\\s*Params\\._dummy\\(\\),\\s*)\"(\\w+)\"");

  /** The class headers are those of PySpark, and so is the order in which methods are found. */
  private static final String PROGRAM =
      """
      import hindsight_ml
      from pyspark.ml.util import JavaMLReadable, JavaMLWritable
      for stage in (hindsight_ml.SequenceModel, hindsight_ml.SequenceEstimator):
          assert issubclass(stage, JavaMLReadable) and issubclass(stage, JavaMLWritable)
          assert type(stage.read()) is hindsight_ml._Reader, stage.read()
      estimator = hindsight_ml.SequenceEstimator(config="quickstart.yaml", settings=["a=1", "b=2"])
      print(estimator.values["config"], len(estimator.values["settings"]))
      """;

  @TempDir private Path folder;

  @Test
  void shouldHaveTheParametersOfJava() throws IOException {
    assertEquals(names(new SequenceModel("model")), named("_Stage"));
    Set<String> ofEstimator = named("_Stage");
    ofEstimator.addAll(named("SequenceEstimator"));
    assertEquals(names(new SequenceEstimator()), ofEstimator);
  }

  private static Set<String> names(Params stage) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(stage.params()).map(Param::name).forEach(names::add);
    return names;
  }

  /** The parameters that a class declares, each by its own name. */
  private static Set<String> named(String type) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String part : Files.readString(FILE).split("\nclass ")) {
      if (part.startsWith(type + "(")) {
        PARAM
            .matcher(part)
            .results()
            .forEach(
                found -> {
                  assertEquals(found.group(1), found.group(2));
                  names.add(found.group(1));
                });
      }
    }
    return names;
  }

  @Test
  void shouldBeImportedWherePySparkIs() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "there is no Python here");
    Files.copy(FILE, folder.resolve("hindsight_ml.py"));
    Path stubs = Path.of("src/test/resources/pyspark").toAbsolutePath();
    try (Stream<Path> all = Files.walk(stubs)) {
      for (Path stub : all.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve("pyspark").resolve(stubs.relativize(stub).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(stub, copy);
      }
    }
    Path program = Files.writeString(folder.resolve("program.py"), PROGRAM);
    Process python =
        new ProcessBuilder("python3", "-B", program.toString()).redirectErrorStream(true).start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, python.waitFor(), output);
    assertEquals("quickstart.yaml 2\n", output);
  }
}
