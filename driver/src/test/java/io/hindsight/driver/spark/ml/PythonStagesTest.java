package io.hindsight.driver.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hindsight.driver.spark.stream.SequenceStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
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

/** The stages and streams of the Python file are those of Java. */
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

  /** Java stands as an object that tells what is called. */
  private static final String STREAM =
      """
      import hindsight_ml
      from pyspark import SparkContext
      from pyspark.sql import DataFrame

      class Java:
          def __init__(self, name=""):
              self.name = name
          def __getattr__(self, part):
              return Java((self.name + "." + part).lstrip("."))
          def __call__(self, *given):
              print(self.name.split(".")[-1], *(getattr(each, "name", each) for each in given))
              return self

      class Context:
          _jvm = Java()
      SparkContext._active_spark_context = Context
      stream = hindsight_ml.SequenceStream("models/sales", replay=8, keepLate=True, timeout="PT1H")
      answers = stream.answer(DataFrame(Java("rows"), "session"))
      assert answers.sparkSession == "session"
      try:
          hindsight_ml.SequenceStream("models/sales", timeOut="PT1H")
      except TypeError as refused:
          print(refused)
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
  void shouldHaveTheSettingsOfStreamsOfJava() throws IOException {
    String text = Files.readString(FILE);
    Set<String> names = new TreeSet<>();
    Pattern.compile("\n {8}\"(\\w+)\": ")
        .matcher(text.substring(text.indexOf("_SETTINGS = {")))
        .results()
        .forEach(found -> names.add(found.group(1)));
    Set<String> setters = new TreeSet<>();
    Arrays.stream(SequenceStream.class.getMethods())
        .map(Method::getName)
        .filter(name -> name.startsWith("set"))
        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
        .forEach(setters::add);
    assertEquals(setters, names);
  }

  @Test
  void shouldBeImportedWherePySparkIs() throws Exception {
    assertEquals("quickstart.yaml 2\n", run(PROGRAM));
  }

  @Test
  void shouldCallTheStreamsOfJava() throws Exception {
    String all =
        "sequenceCol, timeCol, predictionCol, probabilityCol, reasonCol, versionCol, replay,"
            + " keepLate, timeout, takeUpAfter, metrics";
    assertEquals(
        """
        open models/sales
        setReplay 8
        setKeepLate True
        parse PT1H
        setTimeout java.time.Duration.parse
        answer rows
        no setting 'timeOut'; there are %s
        """
            .formatted(all),
        run(STREAM));
  }

  private String run(String lines) throws Exception {
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
    Path program = Files.writeString(folder.resolve("program.py"), lines);
    Process python =
        new ProcessBuilder("python3", "-B", program.toString()).redirectErrorStream(true).start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, python.waitFor(), output);
    return output;
  }
}
