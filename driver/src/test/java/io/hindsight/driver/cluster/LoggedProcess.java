package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child process whose output goes to a file, and which ends with its children when closed. */
public final class LoggedProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Process process;
  private final Path log;

  private LoggedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param command program and arguments
   * @param environment added to this process's own
   * @param log receives standard output and standard error together
   * @return the running process
   * @throws IOException when the program cannot be started
   */
  public static LoggedProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new LoggedProcess(builder.start(), log);
  }

  /**
   * Waits until a line of the output matches.
   *
   * @param pattern looked for anywhere in the output
   * @param patience how long to wait
   * @return the match, with its groups
   * @throws IOException when the process ends or the patience runs out first; the message holds the
   *     output
   */
  public Matcher await(Pattern pattern, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      Matcher matcher = pattern.matcher(output());
      if (matcher.find()) {
        return matcher;
      }
      if (!alive || System.nanoTime() > deadline) {
        throw new IOException("no '" + pattern + "' in the output:\n" + output());
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  /**
   * Waits for the end.
   *
   * @param patience how long to wait
   * @return the exit code
   * @throws IOException when the patience runs out first; the message holds the output
   */
  public int exitCode(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("still running after " + patience + ":\n" + output());
    }
    return process.exitValue();
  }

  /** What the process has written so far. */
  public String output() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
