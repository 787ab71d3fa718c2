package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running executor of a cluster that this process started, as the system sees it. */
public final class ExecutorProcess {
  private static final String MAIN_CLASS = "CoarseGrainedExecutorBackend";
  private static final String ID = "--executor-id";

  private final String id;
  private final ProcessHandle process;

  private ExecutorProcess(String id, ProcessHandle process) {
    this.id = id;
    this.process = process;
  }

  /** The executors that run now, by Spark's name for them. */
  public static Map<String, ExecutorProcess> running() {
    Map<String, ExecutorProcess> running = new TreeMap<>();
    ProcessHandle.current()
        .descendants()
        .forEach(
            process -> {
              List<String> command = commandLine(process);
              int id = command.indexOf(ID) + 1;
              if (id > 0 && command.stream().anyMatch(word -> word.contains(MAIN_CLASS))) {
                running.put(command.get(id), new ExecutorProcess(command.get(id), process));
              }
            });
    return running;
  }

  /** Waits for a minute until so many run. */
  public static void await(int executors) throws InterruptedException {
    for (int i = 0; running().size() < executors && i < 600; i++) {
      Thread.sleep(100);
    }
  }

  /** Java's own view of a command line ends after 4,096 bytes, within the class path. */
  private static List<String> commandLine(ProcessHandle process) {
    try {
      byte[] words = Files.readAllBytes(Path.of("/proc", "" + process.pid(), "cmdline"));
      return new ArrayList<>(List.of(new String(words, StandardCharsets.UTF_8).split("\0")));
    } catch (IOException ended) {
      return List.of();
    }
  }

  /** Spark's name for it. */
  public String id() {
    return id;
  }

  /** Ends it as {@code kill -9} does; whether it was alive. */
  public boolean kill() {
    return process.isAlive() && process.destroyForcibly();
  }

  /** Stops it in its tracks, as a machine that swaps or a hypervisor that pauses does. */
  public void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -%s of executor %s failed".formatted(name, id));
    }
  }
}
