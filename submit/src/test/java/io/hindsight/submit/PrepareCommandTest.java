package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is prepared, and the runs that use it. */
class PrepareCommandTest {
  @TempDir private Path folder;

  @AfterEach
  void forgetSparkProperties() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.hindsight.data.memory");
    System.clearProperty("spark.hindsight.table.small");
    System.clearProperty("spark.sql.shuffle.partitions");
  }

  @Test
  void shouldTellWhereTheDataIsAndTrainOnItToTheSameBits() throws IOException {
    String config = config("csv", "path: " + table() + ", options: {header: true}").toString();
    String store = folder.resolve("kept here").toString();
    CommandLineRun made = run("prepare", config, "--store", store);
    assertEquals(0, made.code(), made.err());
    String fingerprint = value("fingerprint", made.out());
    assertEquals(store + "/" + fingerprint, value("data", made.out()));
    assertTrue(Files.exists(Path.of(store, fingerprint, "MANIFEST.json")));
    assertEquals("9 sequences, 180 steps, 2.81 KiB", value("training", made.out()));
    String without = train(config, "without");
    String with =
        train(config, "with", "--set", "data.store='" + store + "'", "--set", "training.batch=8");
    assertEquals(without, with);

    String[] prune = {"prune-store", "--store", store};
    assertEquals("0 tables, 0 bytes", CommandLineRun.of(prune).out().strip());
    List<String> now = new ArrayList<>(List.of(prune));
    now.addAll(List.of("--unused-for", "PT0S"));
    Path foreign = Files.createDirectories(Path.of(store, "f".repeat(64)));
    awaitNextSecond();
    CommandLineRun shown = CommandLineRun.of(now.toArray(String[]::new));
    assertTrue(shown.out().startsWith("would delete " + fingerprint + ", "), shown.out());
    assertTrue(shown.out().contains("1 table, "), shown.out());
    now.add("--delete");
    CommandLineRun deleted = CommandLineRun.of(now.toArray(String[]::new));
    assertTrue(deleted.out().startsWith("deleted " + fingerprint + ", "), deleted.err());
    assertEquals(List.of(foreign), filesIn(Path.of(store)));
    String again =
        train(config, "again", "--set", "data.store='" + store + "'", "--set", "training.batch=8");
    assertEquals(without, again);
    assertTrue(Files.exists(Path.of(store, fingerprint, "MANIFEST.json")));
  }

  /** The last use of a table is told in whole seconds. */
  private static void awaitNextSecond() {
    Instant begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    while (Instant.now().truncatedTo(ChronoUnit.SECONDS).equals(begun)) {
      Thread.onSpinWait();
    }
  }

  private static List<Path> filesIn(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  @Test
  void shouldRefuseToPruneWhatIsNoStore() throws IOException {
    String place = Files.writeString(folder.resolve("file"), "no store").toString();
    assertRefused("is a file", "prune-store", "--store", place);
    assertRefused("there is no such folder", "prune-store", "--store", place + "s");
    assertRefused("the place is empty", "prune-store", "--store", "");
    assertRefused("Missing", "prune-store");
    String[] wrong = {"a month", "-P1D", "P1", "P99999999999Y"};
    for (String span : wrong) {
      assertRefused("--unused-for", "prune-store", "--store=x", "--unused-for", span);
    }
    assertRefused("no configuration", "prune-store", "--store=x", "--set", "a=b");
  }

  private static void assertRefused(String why, String... command) {
    CommandLineRun run = CommandLineRun.of(command);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(why), run.err());
    assertFalse(run.showsStackTrace(), run.err());
  }

  private String train(String config, String name, String... more) {
    List<String> command = new ArrayList<>(List.of("train", config));
    command.addAll(List.of("--run-dir", folder.resolve(name).toString()));
    command.addAll(List.of("--conf", "spark.hindsight.table.small=0"));
    command.addAll(List.of("--conf", "spark.hindsight.data.memory=0"));
    command.addAll(List.of(more));
    CommandLineRun run = run(command.toArray(new String[0]));
    assertEquals(0, run.code(), run.err());
    return value("weights_sha256", run.out());
  }

  @Test
  void shouldAskForAPlaceAndForATable() throws IOException {
    CommandLineRun none = run("prepare", config("csv", "path: " + table()).toString());
    assertEquals(2, none.code());
    assertTrue(none.err().contains("name one with --store URI"), none.err());
    Path task = folder.resolve("task.yaml");
    Files.writeString(
        task,
        """
        data: {format: generator, name: adding, length: 9, sequences: 70}
        model: {cell: lstm, hidden: [6]}
        training: {epochs: 2, batch: 40, optimizer: {type: adam, learning-rate: 1e-3}}
        """);
    CommandLineRun generated = run("prepare", task.toString(), "--store", folder.toString());
    assertEquals(2, generated.code());
    assertTrue(generated.err().contains("data.store: only tables are kept"), generated.err());
  }

  private static CommandLineRun run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=5"));
    return CommandLineRun.of(all.toArray(new String[0]));
  }

  private static String value(String name, String out) {
    Matcher line = Pattern.compile("(?m)^" + name + " +(.+)$").matcher(out);
    assertTrue(line.find(), out);
    return line.group(1).strip();
  }

  private Path table() throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < 9; s++) {
      for (int t = 0; t < 29; t++) {
        rows.add("s%d,%d,%s".formatted(s, t, StrictMath.sin(0.3 * s + 0.9 * t)));
      }
    }
    return Files.write(folder.resolve("table.csv"), rows);
  }

  private Path config(String format, String where) throws IOException {
    Path config = folder.resolve("run.yaml");
    Files.writeString(
        config,
        """
        data: {format: %s, %s, sequence: id, time: t, inputs: [x], targets: [x],
          split: {by: time, validation: 3, test: 5}}
        model: {cell: lstm, hidden: [6]}
        training: {epochs: 2, batch: 8, optimizer: {type: adam, learning-rate: 1e-3}}
        """
            .formatted(format, where));
    return config;
  }
}
