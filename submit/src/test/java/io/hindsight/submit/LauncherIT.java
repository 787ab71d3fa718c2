package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher from a folder that is not the project's, and without a locale, as in a
 * container: on a copy of what the build made, or on that itself where no archive of classes is the
 * subject.
 */
class LauncherIT {
  private static final long PATIENCE_SECONDS = 240;
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1"; // all end soon

  private static final int LESS_THAN_AN_ARCHIVE = 1000; // KiB; even without Spark's classes

  /** Keeps an archive from being made, which takes a while. */
  private static final String NOT = "case \"$*\" in *-Dhindsight.launcher=*) exit 1 ;; esac";

  /** In place of the command that uses them all; written like any archive, as far as it goes. */
  private static final String FEWER_CLASSES = "set -- \"${@:1:$#-4}\" --version";

  private static final String SMALL =
      """
      data: {format: generator, name: adding, length: 5, sequences: 20}
      model: {cell: rnn, hidden: [2], output: {at: last-step}}
      training: {steps: 2, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @TempDir private Path folder;
  private Path launcher;
  private Path archives;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copyTheBuild() throws IOException {
    Path submit = Files.createDirectories(folder.resolve("a project/submit"));
    archives = Files.createDirectories(submit.resolve("target/launcher"));
    launcher = Files.copy(Path.of("hindsight"), submit.resolve("hindsight"));
    Files.copy(Path.of("locale.sh"), submit.resolve("locale.sh"));
    Files.copy(Path.of("release.sh"), submit.resolve("release.sh"));
    Files.copy(Path.of("target/hindsight.jar"), submit.resolve("target/hindsight.jar"));
    Path conf = Files.createDirectories(folder.resolve("a project/conf"));
    Files.copy(Path.of("../conf/log4j2.properties"), conf.resolve("log4j2.properties"));
    for (String file : List.of("java.options", "classpath.txt")) {
      Files.copy(Path.of("target/launcher", file), archives.resolve(file));
    }
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_HOME", "");
    environment.put("HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER);
  }

  @Test
  void shouldStartThroughALinkFromAnotherFolder() throws Exception {
    launcher = Files.createSymbolicLink(folder.resolve("link"), launcher);
    CommandLineRun run = launch("--version");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("hindsight "), run.out());
  }

  /** Java ends at once when it is told of two. */
  @Test
  void shouldTakeTheUsersCollectorInPlaceOfItsOwn() throws Exception {
    for (String collector : List.of("-XX:+UseParallelGC", "-XX:+UseG1GC")) {
      environment.put("HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER + " " + collector);
      CommandLineRun run = launch("--version");
      assertEquals(0, run.code(), run.err());
    }
  }

  @Test
  void shouldKeepTheUsersRelativePathsAndHandOnTheExitCode() throws Exception {
    CommandLineRun run = launch("validate", "no such file.yaml");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("\nno such file.yaml: "), run.err());
  }

  @Test
  void shouldKeepClassesBeforeTheFirstCommandThatMayStartSpark() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    javaThatArchives(FEWER_CLASSES);
    assertEquals(0, launch("train", "--help").code());
    assertEquals(0, classArchives());
    CommandLineRun first = launch("train", "small.yaml", "--run-dir", "first");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("first use with this Java"), first.err());
    assertEquals(1, classArchives());
    logClasses();
    CommandLineRun second = launch("train", "small.yaml", "--run-dir", "second");
    assertEquals(first.out(), second.out().replace("second", "first"));
    assertFalse(second.err().contains("first use"), second.err());
    assertEquals(1, classArchives());
    assertTrue(classesOfTheArchive() > 0, "it is used");
    assertEquals(2, launch("train", "absent.yaml").code());
  }

  @Test
  void shouldUseTheClassesThatATrainingOfATableNeeds() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    logClasses();
    assertEquals(0, launch("train", "small.yaml", "--run-dir", "run").code());
    assertTrue(classesOfTheArchive() > 1000, "they are used");
    assertEquals(0, launch("validate", "small.yaml").code());
    assertTrue(classesOfTheArchive() > 100, "by short commands too");
  }

  private void logClasses() {
    environment.put(
        "HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER + " -Xlog:class+load:file=classes.log");
  }

  private long classesOfTheArchive() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("classes.log"))) {
      return lines.filter(line -> line.endsWith("shared objects file (top)")).count();
    }
  }

  /** Java takes none whose jars were written again, though they are the same. */
  @Test
  void shouldMakeAnotherArchiveAfterTheSameBuild() throws Exception {
    javaThatArchives(NOT);
    assertTrue(launch("train", "absent.yaml").err().contains("first use with this Java"));
    assertFalse(launch("train", "absent.yaml").err().contains("first use with this Java"));
    Path jar = archives.resolveSibling("hindsight.jar");
    FileTime later = FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(2));
    Files.setLastModifiedTime(jar, later);
    assertTrue(launch("train", "absent.yaml").err().contains("first use with this Java"));
  }

  /** As with a quota, or on a disk that others fill meanwhile. */
  @Test
  void shouldEndAsTheCommandDoesWhereTheArchiveCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    javaThatArchives("ulimit -f " + LESS_THAN_AN_ARCHIVE + "\n" + FEWER_CLASSES);
    CommandLineRun run = launch("train", "small.yaml", "--run-dir", "run");
    assertEquals(0, run.code(), run.err());
    String last = run.out().lines().reduce("", (before, line) -> line);
    assertTrue(last.startsWith("weights_sha256 "), run.out());
    assertTrue(run.err().contains("could not be written to"), run.err());
    assertEquals(0, classArchives());
    CommandLineRun again = launch("train", "small.yaml", "--run-dir", "again");
    assertEquals(0, again.code(), again.err());
    assertFalse(again.err().contains("first use"), again.err());
  }

  @Test
  void shouldNotBeginAnArchiveThatHasNoRoom() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    script(
        "limited", "ulimit -f " + LESS_THAN_AN_ARCHIVE + " && exec bash '" + launcher + "' \"$@\"");
    launcher = folder.resolve("limited");
    CommandLineRun run = launch("train", "small.yaml");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("no room for an archive"), run.err());
  }

  @Test
  void shouldLeaveNoJavaBehindWhenKilledAndCleanUpNextTime() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    Process process = start("train", "small.yaml", "--run-dir", "killed");
    ProcessHandle java = await(() -> process.descendants().filter(this::isJava).findAny());
    process.destroyForcibly();
    java.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertFalse(Files.exists(folder.resolve("killed")), "no Java has gone on with the command");
    Files.createFile(archives.resolve("classes-1-2-3.jsa." + process.pid()));
    environment.put("HINDSIGHT_FAST_START", "no");
    assertEquals(0, launch("train", "small.yaml").code());
    try (Stream<Path> files = Files.list(archives)) {
      assertEquals(2, files.count(), "as the build left it");
    }
  }

  /** With and without an archive in the making it is the same code. */
  @Test
  void shouldEndAtOnceByTheSecondInterrupt() throws Exception {
    withAnArchive();
    Files.writeString(
        folder.resolve("slow.yaml"),
        """
        data: {format: generator, name: adding, length: 1000, sequences: 24}
        model: {cell: rnn, hidden: [1024], output: {at: last-step}}
        training: {steps: 1000, batch: 24, optimizer: {type: sgd, learning-rate: 0.001}}
        """);
    Process process = start("train", "slow.yaml", "--run-dir", "slow");
    await(() -> Optional.of("begun").filter(text -> errors().contains(" in all")));
    interrupt(process);
    await(() -> Optional.of("told").filter(text -> errors().contains("SIGINT: stopping")));
    interrupt(process);
    CommandLineRun run = ended(process);
    assertEquals(130, run.code(), run.err());
  }

  @Test
  void shouldWriteNoArchiveWhenToldSo() throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    environment.put("HINDSIGHT_FAST_START", "no");
    assertEquals(0, launch("train", "small.yaml").code());
    assertEquals(0, classArchives());
    assertTrue(Files.isDirectory(folder.resolve("runs")));
  }

  @Test
  void shouldHandOnSigtermAndTheExitCode() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("long.yaml"), SMALL.replace("steps: 2", "steps: 2000000000"));
    Process process = start("train", "long.yaml", "--run-dir", "long");
    Path metrics = folder.resolve("long/metrics.jsonl");
    await(() -> Optional.of(metrics).filter(Files::exists));
    assertEquals(0, process.descendants().count(), "the launcher has become the command's Java");
    process.destroy();
    CommandLineRun run = ended(process);
    assertEquals(6, run.code(), run.err());
    assertTrue(run.err().contains(" by SIGTERM; its state is saved"), run.err());
  }

  /** The second time in a locale, though one without such characters. */
  @Test
  void shouldTakeNamesAndTextBeyondAscii() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("données.txt"), "Zoë sah Noël. ".repeat(20));
    Files.writeString(
        folder.resolve("größe.yaml"),
        """
        data: {format: text, path: absent, split: {validation: 0}}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 2, bptt: {window: 5}, optimizer: {type: sgd, learning-rate: 1}}
        """);
    CommandLineRun run =
        launch("train", "größe.yaml", "--run-dir", "été", "--set", "data.path=données.txt");
    assertEquals(0, run.code(), run.err());
    assertEquals("run                  été", run.out().lines().findFirst().orElse(""));
    assertFalse(run.out().lines().anyMatch(String::isBlank), run.out());
    assertTrue(run.err().contains(" in 2 slots and 1 shard, "), run.err());
    environment.put("LC_ALL", "C");
    CommandLineRun text =
        launch("sample", "--model", "été/model", "--prime", "Zoë ", "--length", "0");
    assertEquals("Zoë ", text.out().lines().findFirst().orElse(text.err()));
    assertTrue(launch("sample", "--model", "hôtel", "--prime", "Z").err().contains("hôtel"));
  }

  @Test
  void shouldAskForTheHeapThatSparkNeedsAndThenTakeTheSameDirectory() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("données.csv"), "größe\n1\n2\n3\n4\n5\n6\n7\n8\n");
    Files.writeString(
        folder.resolve("table.yaml"),
        """
        data: {format: csv, path: données.csv, options: {header: true}, time: größe,
          inputs: [größe], targets: [größe], split: {validation: 0, test: 0}}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 1, optimizer: {type: sgd, learning-rate: 0.1}}
        """);
    environment.put("LC_ALL", "POSIX");
    environment.put("HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER + " -Xmx300m");
    CommandLineRun small = launch("train", "table.yaml", "--run-dir", "run");
    assertEquals(2, small.code(), small.err());
    assertTrue(small.err().contains("Spark needs a heap of 450 MiB or more"), small.err());
    assertTrue(small.err().contains("HINDSIGHT_JAVA_OPTIONS=-Xmx"), small.err());
    environment.put("HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER);
    CommandLineRun enough = launch("train", "table.yaml", "--run-dir", "run");
    assertEquals(0, enough.code(), enough.err());
    assertFalse(enough.out().lines().anyMatch(String::isBlank), enough.out());
  }

  @Test
  void shouldSayThatTheHeapIsSpent() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("long.txt"), "the cat sat on the mat. ".repeat(2_000_000));
    Files.writeString(
        folder.resolve("text.yaml"),
        """
        data: {format: text, path: long.txt}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 2, bptt: {window: 5}, optimizer: {type: sgd, learning-rate: 1}}
        """);
    environment.put("HINDSIGHT_JAVA_OPTIONS", FIRST_COMPILER + " -Xmx80m");
    CommandLineRun run = launch("train", "text.yaml", "--run-dir", "run");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("has no memory left (Java heap space)"), run.err());
    assertTrue(run.err().contains("HINDSIGHT_JAVA_OPTIONS=-Xmx"), run.err());
    assertFalse(run.err().contains("internal error"), run.err());
    JsonNode status = SmallRun.status(folder.resolve("run"));
    assertEquals(2, status.get("exit_code").asInt());
    assertTrue(status.get("reason").asText().contains("no memory left"), status::toString);
  }

  @Test
  void shouldGoThroughSparkSubmitWhereThereIsOne() throws Exception {
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    environment.put("HINDSIGHT_JAVA_OPTIONS", "-Dx=y -Xmx1g -Dz=w");
    script("spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
    CommandLineRun run =
        launch("train", "a b.yaml", "--master", "spark://h:1", "--conf=spark.a=b", "--set", "c=d");
    assertEquals(0, run.code(), run.err());
    List<String> expected = new ArrayList<>(List.of("--master", "spark://h:1"));
    expected.addAll(
        List.of(
            "--driver-memory",
            "1g",
            "--driver-java-options",
            "-Dx=y -Dz=w",
            "--conf",
            "spark.a=b"));
    expected.addAll(List.of("--class", "io.hindsight.submit.Hindsight"));
    expected.add(folder.toRealPath().resolve("a project/submit/target/hindsight.jar").toString());
    expected.addAll(List.of("train", "a b.yaml", "--set", "c=d"));
    assertEquals(expected, run.out().lines().toList());
  }

  /** As {@code spark-submit} does, which is what the embedded mode has them added by. */
  @Test
  void shouldAddTheUsersJars() throws Exception {
    withAnArchive();
    Files.writeString(folder.resolve("small.yaml"), SMALL);
    List<String> command = new ArrayList<>(List.of("train", "small.yaml", "--run-dir"));
    command.add(HaltingFileSystem.uri(folder.resolve("run")));
    HaltingFileSystem.settings().forEach(setting -> command.addAll(List.of("--conf", setting)));
    CommandLineRun without = launch(command.toArray(String[]::new));
    assertEquals(2, without.code(), without.err());
    assertTrue(without.err().contains("spark.jars.packages"), without.err());

    command.addAll(List.of("--conf", "spark.jars=" + HaltingFileSystem.jar(folder)));
    CommandLineRun with = launch(command.toArray(String[]::new));
    assertEquals(0, with.code(), with.err());
    assertTrue(with.out().contains("weights_sha256 "), with.out());
    assertTrue(Files.exists(folder.resolve("run/model/MANIFEST.json")), with.err());

    command.set(1, "absent.yaml");
    assertEquals(2, launch(command.toArray(String[]::new)).code());
  }

  @Test
  void shouldRefuseAnOldJava() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("old").toString());
    script("old/bin/java", "exit 9");
    for (String version : List.of("11.0.2", "1.8.0_202")) {
      Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"" + version + "\"\n");
      CommandLineRun run = launch("--version");
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().contains(version.startsWith("11") ? "Java 11" : "Java 8"), run.err());
      assertTrue(run.err().contains("17 or newer"), run.err());
    }
  }

  @Test
  void shouldSayWhenJavaHomeIsNone() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("absent").toString());
    CommandLineRun run = launch("--version");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("JAVA_HOME is '"), run.err());
  }

  /**
   * The Java of this process, behind a line that is run first where a class archive is asked for.
   */
  private void javaThatArchives(String line) throws IOException {
    Path java = Path.of(System.getProperty("java.home"));
    Files.createDirectories(folder.resolve("jdk"));
    Files.copy(java.resolve("release"), folder.resolve("jdk/release"));
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    script(
        "jdk/bin/java",
        "case \"$*\" in *ArchiveClassesAtExit*)\n%s\n;; esac\nexec '%s/bin/java' \"$@\""
            .formatted(line, java));
  }

  /**
   * The launcher of the build itself, beside an archive that it has made: what is tested is other.
   */
  private void withAnArchive() throws IOException {
    EmbeddedJava.archive();
    launcher = Path.of("hindsight").toRealPath();
  }

  private boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("err.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T await(Supplier<Optional<T>> what) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<T> found = what.get();
      if (found.isPresent()) {
        return found.get();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("waited in vain");
  }

  private void script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long classArchives() throws IOException {
    try (Stream<Path> files = Files.list(archives)) {
      return files.filter(file -> file.toString().contains(".jsa")).count();
    }
  }

  private CommandLineRun launch(String... args) throws IOException, InterruptedException {
    return ended(start(args));
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("LANG|LC_.*"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private CommandLineRun ended(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String out = Files.readString(folder.resolve("out.txt"));
    String err = Files.readString(folder.resolve("err.txt"));
    assertTrue(ended, "still running: " + err);
    CommandLineRun run = new CommandLineRun(process.exitValue(), out, err);
    assertFalse(run.showsStackTrace(), run.err());
    return run;
  }
}
