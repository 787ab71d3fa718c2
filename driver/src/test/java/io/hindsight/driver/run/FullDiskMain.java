package io.hindsight.driver.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Works on a disk of 1 MiB that a file of ballast fills up. */
final class FullDiskMain {
  private static final int PAGE = 4096;
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: lstm, hidden: [20]}
      training:
        steps: 30
        batch: 16
        optimizer: {type: adam, learning-rate: 0.01}
        checkpoint: {every-steps: 10, keep: 3}
      """;

  private static final String TABLE =
      """
      name: table
      data: {format: csv, path: PATH, options: {header: true}, sequence: id, time: t, inputs: [x], targets: [x]}
      model: {cell: gru, hidden: [2]}
      training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.01}}
      """;

  private FullDiskMain() {}

  /**
   * Fails where something is not as it must be.
   *
   * @param args what to do, {@code saves}, {@code run} or {@code table}, and the folder of the disk
   */
  public static void main(String[] args) throws IOException {
    Path disk = Path.of(args[1]);
    switch (args[0]) {
      case "saves" -> saves(disk);
      case "run" -> run(disk);
      default -> table(disk);
    }
  }

  /** One page more of free space each time, from none to what a save needs. */
  private static void saves(Path disk) throws IOException {
    Path ballast = disk.resolve("ballast");
    Path checkpoints = disk.resolve("checkpoints");
    CheckpointStore store = new CheckpointStore(new ModelStore(), checkpoints.toString(), 3, 1);
    store.save(checkpoint(1));
    int failures = 0;
    for (int free = 0; ; free++) {
      fill(ballast, disk, free);
      try {
        store.save(checkpoint(2));
        break;
      } catch (IOException failure) {
        failures++;
        requireClear(failure, checkpoints);
      }
      require(names(checkpoints).equals(List.of("step-000000001")), "left: " + names(checkpoints));
      requireLatest(store, 1);
      Files.delete(ballast);
    }
    requireLatest(store, 2);
    require(failures > 10, "only " + failures + " steps");
    System.out.println("full at every step of 4 KiB: " + failures + " failures, 1 success");
  }

  private static void requireLatest(CheckpointStore store, long step) throws IOException {
    List<Exception> damaged = new ArrayList<>();
    long latest = store.latest(damaged::add).orElseThrow().step();
    require(latest == step && damaged.isEmpty(), "latest " + latest + ", damaged " + damaged);
  }

  private static void requireClear(Exception failure, Path location) {
    ExitCode.Verdict verdict = ExitCode.judge(failure);
    String message = verdict.decisive().getMessage();
    require(verdict.code() == ExitCode.RETRYABLE, "exit " + verdict.code() + ": " + message);
    require(verdict.saysAll(), "more to say: " + message);
    require(message.contains("no space left to write " + location), message);
  }

  private static Checkpoint checkpoint(long step) {
    NetworkSpec network =
        NetworkSpec.plain(
            InputSpec.dense(3),
            new LstmCell(),
            List.of(20),
            new OutputSpec(5, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.LAST_STEP));
    Parameters parameters = new Parameters(new ParameterLayout(network));
    Arrays.fill(parameters.values(), step);
    ModelDescription description =
        new ModelDescription(
            network,
            JsonNodeFactory.instance.objectNode(),
            "name: full",
            "c0ffee",
            "f00d",
            Map.of(),
            Map.of());
    return new Checkpoint(
        step,
        description,
        parameters,
        step,
        Map.of("exp_avg", parameters.values(), "exp_avg_sq", parameters.values()),
        JsonNodeFactory.instance.objectNode(),
        Map.of("best_weights", parameters.values()));
  }

  /** A run that meets a full disk ends so; with space it goes on to the bits of an easy one. */
  private static void run(Path disk) throws IOException {
    RunConfig config = TestRuns.config(WAVES);
    Path easy = Files.createTempDirectory("full-disk-easy-");
    String expected = TestRuns.train(config, easy).weightsSha256();
    TestRuns.delete(easy);
    Path run = disk.resolve("run");
    Path ballast = disk.resolve("ballast");
    fill(ballast, disk, 40);
    List<String> before = List.of();
    try {
      TestRuns.train(config, run);
      require(false, "the disk was never full");
    } catch (RuntimeException failure) {
      requireClear(failure, run);
      before = names(run.resolve("checkpoints"));
      System.out.println("full: " + ExitCode.judge(failure).decisive().getMessage());
    }
    require(names(run).stream().noneMatch(name -> name.startsWith(".tmp-")), "left: " + names(run));
    require(!before.isEmpty(), "no checkpoint before the disk was full");
    require(!Files.exists(run.resolve("model")), "a model on a full disk");
    Files.delete(ballast);
    String resumed = TestRuns.resume(config, run).weightsSha256();
    require(resumed.equals(expected), "resumed to " + resumed + " instead of " + expected);
    System.out.println("full, then resumed from " + before + " to the same bits");
  }

  /** Tasks bring the rows of a table together on a disk that does not hold them. */
  private static void table(Path disk) throws IOException {
    Path data = Files.createTempFile("full-disk-", ".csv");
    Random random = new Random(1);
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (int row = 0; row < 60_000; row++) {
      lines.add("s%03d,%d,%s".formatted(row % 200, row / 200, random.nextDouble()));
    }
    Files.write(data, lines);
    Map<String, String> settings =
        Map.of(
            "spark.ui.enabled",
            "false",
            "spark.local.dir",
            disk.toString(),
            "spark.sql.shuffle.partitions",
            "2",
            TableSettings.SMALL,
            "0");
    try (TestSession session = TestSession.open("local[2]", settings)) {
      session.context().setLogLevel("OFF"); // that tasks fail is meant to be
      TestRuns.train(TestRuns.config(TABLE.replace("PATH", data.toString())), disk.resolve("run"));
      require(false, "the disk was never full");
    } catch (RuntimeException failure) {
      ExitCode.Verdict verdict = ExitCode.judge(failure);
      String message = verdict.decisive().getMessage();
      require(verdict.code() == ExitCode.RETRYABLE, "exit " + verdict.code() + ": " + message);
      require(verdict.saysAll() && message.lines().count() == 1, "more to say: " + message);
      require(
          message.contains("(" + disk + " on ") && message.contains(", a disk of 1.00 MiB)"),
          message);
      System.out.println("full of rows: " + message);
    } finally {
      Files.delete(data);
    }
  }

  private static void fill(Path ballast, Path disk, int pagesFree) throws IOException {
    long pages = Files.getFileStore(disk).getUnallocatedSpace() / PAGE - pagesFree;
    Files.write(ballast, new byte[Math.toIntExact(pages * PAGE)]);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
