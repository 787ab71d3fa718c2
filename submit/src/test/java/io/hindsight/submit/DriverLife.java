package io.hindsight.submit;

import io.hindsight.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of its own that trains: one stretch of a run, from its start or resumption on. */
final class DriverLife implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern STEP = Pattern.compile("^\\{\"step\":([0-9]+),", Pattern.MULTILINE);
  private static final AtomicInteger LIVES = new AtomicInteger();
  private static final int TAIL = 2000; // bytes; some lines

  private final Path run;
  private final LoggedProcess process;
  private final Set<String> leftByOthers;

  private DriverLife(Path run, LoggedProcess process, Set<String> leftByOthers) {
    this.run = run;
    this.process = process;
    this.leftByOthers = leftByOthers;
  }

  /**
   * Starts the command line's own main class.
   *
   * @param run the run directory
   * @param options further options of {@code train}
   */
  static DriverLife start(Path config, Path run, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", config.toString()));
    arguments.addAll(List.of("--run-dir", run.toString()));
    arguments.addAll(List.of(options));
    List<String> command = EmbeddedJava.command(List.of(), arguments);
    Set<String> left = temporaries(run);
    Path log = run.resolveSibling(run.getFileName() + "-" + LIVES.incrementAndGet() + ".log");
    return new DriverLife(run, LoggedProcess.start(command, Map.of(), log), left);
  }

  /** Waits until the run has made more steps than this, and returns how many it has made. */
  long awaitStepsBeyond(long steps) throws IOException, InterruptedException {
    await(() -> stepsMade() > steps, 2000, "step " + steps);
    return stepsMade();
  }

  /** Waits until the process is writing a checkpoint. */
  void awaitSave() throws IOException, InterruptedException {
    await(this::isSaving, 200, "a checkpoint"); // which is written in a few milliseconds
  }

  private void await(BooleanSupplier happened, int micros, String what)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.getAsBoolean()) {
      if (!process.handle().isAlive() || System.nanoTime() > deadline) {
        throw new IOException("never saw " + what + ":\n" + process.output());
      }
      TimeUnit.MICROSECONDS.sleep(micros);
    }
  }

  /** Waits until the process has said something. */
  void awaitOutput(String words) throws IOException, InterruptedException {
    process.await(Pattern.compile(Pattern.quote(words)), PATIENCE);
  }

  /** Sends a signal, such as {@code STOP} or {@code CONT}. */
  void signal(String name) throws IOException, InterruptedException {
    String number = String.valueOf(number());
    new ProcessBuilder("kill", "-" + name, number).inheritIO().start().waitFor();
  }

  /** The number of the process. */
  long number() {
    return process.handle().pid();
  }

  /** Whether a checkpoint of this process is half written, or was when it ended. */
  boolean isSaving() {
    return !leftByOthers.containsAll(temporaries(run));
  }

  /** {@code kill -9}; the process is gone on return. */
  void kill() throws IOException, InterruptedException {
    process.handle().destroyForcibly();
    process.exitCode(PATIENCE);
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws IOException, InterruptedException {
    process.handle().destroy();
    return exitCode();
  }

  /** The exit code, once the process has ended. */
  int exitCode() throws IOException, InterruptedException {
    return process.exitCode(PATIENCE);
  }

  /** What the process has said. */
  String output() throws IOException {
    return process.output();
  }

  /** The steps that {@code metrics.jsonl} ends with; 0 where there is none. */
  long stepsMade() {
    try (RandomAccessFile file = new RandomAccessFile(run.resolve("metrics.jsonl").toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL));
      byte[] tail = new byte[TAIL];
      int length = Math.max(0, file.read(tail));
      return STEP.matcher(new String(tail, 0, length, StandardCharsets.UTF_8))
          .results()
          .map(MatchResult::group)
          .map(text -> Long.valueOf(text.replaceAll("[^0-9]", "")))
          .max(Comparator.naturalOrder())
          .orElse(0L);
    } catch (IOException notThereYet) {
      return 0;
    }
  }

  private static Set<String> temporaries(Path run) {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".tmp-"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException notThereYet) {
      return Set.of();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
