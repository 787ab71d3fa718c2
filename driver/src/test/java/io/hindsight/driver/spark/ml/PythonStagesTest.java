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
  void shouldBePython() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "python3"))),
        "there is no Python here");
    Path copy = Files.copy(FILE, folder.resolve("hindsight_ml.py"));
    Process python =
        new ProcessBuilder("python3", "-m", "py_compile", copy.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, python.waitFor(), output);
  }
}
