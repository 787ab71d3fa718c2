package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README does what the README says. */
class ForecastExampleTest {
  private static final Path CO2 = Path.of("../datasets/data/co2.csv");
  private static final Path SOURCE =
      Path.of("src/test/java/io/hindsight/submit/ForecastExample.java");

  @TempDir private Path dir;

  @Test
  void shouldForecastWhatPredictWritesInItsLastRow() throws IOException {
    TestSession.start();
    run(
        "train",
        "../conf/quickstart.yaml",
        "--run-dir",
        dir.resolve("run").toString(),
        "--set",
        "data.path=" + CO2,
        "--set",
        "training.epochs=1");
    String model = dir.resolve("run/model").toString();
    Path table = dir.resolve("forecast.csv");
    run("predict", "--model", model, "--input", CO2.toString(), "--output", table.toString());

    List<String> rows = Files.readAllLines(table);
    double predicted = Double.parseDouble(rows.get(rows.size() - 1).split(",")[2]);
    assertEquals(predicted, ForecastExample.nextMonth(model, ForecastExample.lastMonths(CO2)));
  }

  @Test
  void shouldBeTheCodeOfTheReadme() throws IOException {
    List<String> blocks = Documents.blocks(Path.of("../README.md"), "java");
    assertEquals(1, blocks.size());
    assertTrue(Files.readString(SOURCE).contains(blocks.get(0).indent(2)), blocks.get(0));
  }

  @Test
  void shouldBeTheCodeOfTheDocumentOnPipelines() throws IOException {
    List<String> blocks = Documents.blocks(Path.of("../submit/ML.md"), "java");
    assertEquals(2, blocks.size());
    String source = Files.readString(SOURCE.resolveSibling("PipelineApp.java"));
    for (String block : blocks) {
      assertTrue(source.contains(block.indent(2)), block);
    }
  }

  @Test
  void shouldBeTheCodeOfTheDocumentOnStreams() throws IOException {
    List<String> blocks = Documents.blocks(Path.of("../submit/STREAMS.md"), "java");
    assertEquals(1, blocks.size());
    String source = Files.readString(SOURCE.resolveSibling("PipelineApp.java"));
    assertTrue(source.contains(blocks.get(0).indent(2)), blocks.get(0));
  }

  private static void run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.code(), run.err());
  }
}
