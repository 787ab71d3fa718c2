package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Small runs, and what they leave behind. */
public final class TestRuns {
  /** What a run with checkpoints that has ended well leaves, sorted. */
  static final List<String> FILES =
      List.of(
          "MODEL.md",
          "checkpoints",
          "config.yaml",
          "evaluation.json",
          "examples.json",
          "lease",
          "metrics.jsonl",
          "metrics.prom",
          "model",
          "report.html",
          "report.json",
          "status.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  private TestRuns() {}

  public static RunConfig config(String yaml, String... overrides) {
    return ConfigReader.read(yaml, "test.yaml", List.of(overrides));
  }

  public static TrainingResult train(RunConfig config, Path directory) {
    return TrainingRun.start(config, new RunDirectory(directory), false);
  }

  public static TrainingResult resume(RunConfig config, Path directory) {
    return TrainingRun.start(config, new RunDirectory(directory), true);
  }

  /** Trains on until the run has made some steps, counted in this process, and then stops it. */
  static ResumableException stopAfter(long steps, RunConfig config, Path directory) {
    AtomicLong asked = new AtomicLong();
    StopRequest stop =
        () -> asked.getAndIncrement() < steps ? Optional.empty() : Optional.of("the test");
    return assertThrows(
        ResumableException.class,
        () -> TrainingRun.start(config, new RunDirectory(directory), true, stop));
  }

  /**
   * Trains in one task, and by each engine in two, and expects the same weights. More numbers of
   * tasks are compared on the networks of {@code GoldenCase}.
   *
   * @param config of some settings
   * @return their hash
   */
  static String trainByAllEngines(Function<String[], RunConfig> config, Path folder) {
    String expected =
        train(config.apply(engine("local", 1)), folder.resolve("first")).weightsSha256();
    for (String engine : List.of("local", "spark-jobs", "spark-resident")) {
      Path run = folder.resolve(engine);
      assertEquals(expected, train(config.apply(engine(engine, 2)), run).weightsSha256(), engine);
    }
    return expected;
  }

  private static String[] engine(String name, int tasks) {
    return new String[] {"training.engine=" + name, "training.tasks=" + tasks};
  }

  public static StatusFile status(Path directory) throws IOException {
    return StatusFile.read(new LocalStorage(), new RunDirectory(directory).status());
  }

  /** The lines of {@code metrics.jsonl}. */
  public static List<JsonNode> metrics(Path directory) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("metrics.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /**
   * Brings an ended run back to where a kill would have left it: without model, status and newest
   * checkpoint, and in the middle of writing a line of metrics.
   */
  public static void kill(Path directory) throws IOException {
    delete(directory.resolve("model"));
    Files.delete(directory.resolve("status.json"));
    try (Stream<Path> checkpoints = Files.list(directory.resolve("checkpoints"))) {
      delete(checkpoints.max(Comparator.comparing(Path::getFileName)).orElseThrow());
    }
    Path metrics = directory.resolve("metrics.jsonl");
    String lines = Files.readString(metrics);
    Files.writeString(metrics, lines.substring(0, lines.length() - 9));
  }

  public static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
