package io.hindsight.driver.retrain.report;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.concurrent.DaemonThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of the section {@code on}. No shell has a part in it: program and arguments are
 * what the configuration lists. The status is on the command's standard input, as JSON, and the
 * facts that most need are in its environment. A command that fails, cannot be run, or takes longer
 * than a minute is told in the log and changes nothing. After its minute it is ended with all that
 * it has started.
 */
final class HookRunner {
  private static final Logger LOG = LoggerFactory.getLogger(HookRunner.class);
  private static final Duration MOST = Duration.ofMinutes(1);
  private static final Duration TO_END = Duration.ofSeconds(5);
  private static final Duration TO_TELL = Duration.ofSeconds(1); // what it has written
  private static final long LOOK_MILLIS = 20;
  private static final int LONGEST_LINE = 500; // UTF-16 units
  private static final int MOST_LINES = 100;

  private final Duration most;
  private final Duration toEnd;

  HookRunner() {
    this(MOST, TO_END);
  }

  /**
   * A runner.
   *
   * @param most how long a command may take
   * @param toEnd how long it has to end after SIGTERM
   */
  HookRunner(Duration most, Duration toEnd) {
    this.most = most;
    this.toEnd = toEnd;
  }

  /**
   * Runs a command to its end.
   *
   * @param event what happened, for the log
   * @param command program and arguments
   * @param facts added to the environment
   * @param input for its standard input
   */
  void run(String event, List<String> command, Map<String, String> facts, byte[] input) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(facts);
      Process process = builder.start();
      DaemonThreads.start("hindsight-hook-input", () -> feed(process, input));
      Thread output = DaemonThreads.create("hindsight-hook-output", () -> log(event, process));
      output.start();
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        LOG.warn("on.{}: {} ran for {} s and was ended", event, command.get(0), most.toSeconds());
      } else if (process.exitValue() != 0) {
        LOG.warn("on.{}: {} ended with {}", event, command.get(0), process.exitValue());
      }
      output.join(TO_TELL.toMillis());
    } catch (IOException | RuntimeException e) {
      LOG.warn("on.{}: {} cannot be run: {}", event, command.get(0), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a process and all that it has started; they are looked up while it is their parent. */
  private void end(Process process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + toEnd.toNanos();
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException notRead) {
      LOG.debug("a hook did not read its input: {}", notRead.toString());
    }
  }

  private static void log(String event, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int told = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (told++ < MOST_LINES) {
          LOG.info("on.{}: {}", event, Excerpt.line(line, LONGEST_LINE));
        }
      }
    } catch (IOException ended) {
      LOG.debug("a hook's output broke off: {}", ended.toString());
    }
  }
}
