package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.submit.Hindsight;
import io.hindsight.submit.faults.Setting.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A driver, that is the command {@code train} in a process of its own. */
final class DriverProcess implements AutoCloseable {
  private static final int TAIL = 2000; // characters
  private static final Duration DUMPING = Duration.ofSeconds(1);
  private static final Duration DYING = Pace.seconds(10);

  private static final String SPOKEN = " INFO ";

  private final LoggedProcess process;

  private DriverProcess(LoggedProcess process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param run the run directory
   * @param folder receives the log, and what Java and Spark write for the time being
   * @param clock seconds that {@code System.nanoTime} is ahead of this process's
   */
  static DriverProcess start(
      Place place,
      Setting setting,
      Path config,
      String run,
      Path folder,
      String name,
      long clock,
      boolean resume)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (clock > 0) {
      command.addAll(List.of("unshare", "--time", "--monotonic", "" + clock));
      command.addAll(List.of("--boottime", "" + clock));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(StandaloneCluster.shortLived().split(" ")));
    command.addAll(List.of("-Xmx640m", "-Djava.io.tmpdir=" + folder));
    command.add("-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties").toRealPath());
    spark(place, setting).forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", StandaloneCluster.classPath()));
    command.addAll(List.of(Hindsight.class.getName(), "train", config.toString()));
    command.addAll(List.of("--run-dir", run));
    if (resume) {
      command.add("--resume");
    }
    Map<String, String> environment = Map.of("SPARK_LOCAL_IP", place.host(), "LC_ALL", "C.UTF-8");
    return new DriverProcess(
        LoggedProcess.start(command, environment, folder.resolve(name + ".log")));
  }

  private static Map<String, String> spark(Place place, Setting setting)
      throws IOException, InterruptedException {
    if (setting.engine() == Engine.LOCAL) {
      return Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");
    }
    StandaloneCluster cluster = place.cluster();
    return Map.of(
        "spark.master",
        cluster.masterUrl(),
        "spark.home",
        cluster.sparkHome().toString(),
        "spark.executor.extraClassPath",
        StandaloneCluster.executorClassPath(),
        "spark.executor.extraJavaOptions",
        StandaloneCluster.shortLived(),
        "spark.driver.host",
        place.host(),
        "spark.hindsight.message.bytes",
        "" + setting.messageBytes(),
        "spark.ui.enabled",
        "false");
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process.handle().isAlive();
  }

  /** Its number. */
  long pid() {
    return process.handle().pid();
  }

  /** SIGKILL, and its end; whether it ran. */
  boolean kill() throws IOException, InterruptedException {
    boolean struck = isAlive() && process.handle().destroyForcibly();
    if (struck) {
      exitCode(DYING);
    }
    return struck;
  }

  /** Whether it has come to the command, and has said something. */
  boolean hasSpoken() throws IOException {
    return process.output().contains(SPOKEN);
  }

  /** SIGTERM; whether it ran. */
  boolean terminate() {
    return isAlive() && process.handle().destroy();
  }

  /** Any other signal; whether it ran. */
  boolean signal(String name) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + name, "" + process.handle().pid());
    return isAlive() && new ProcessBuilder(command).start().waitFor() == 0;
  }

  /** Waits for its end, for a while. */
  int exitCode(Duration patience) throws IOException, InterruptedException {
    return process.exitCode(patience);
  }

  /** Writes what each thread does to its log. */
  void dumpThreads() throws IOException, InterruptedException {
    if (signal("QUIT")) {
      TimeUnit.NANOSECONDS.sleep(DUMPING.toNanos());
    }
  }

  /** The end of what it has said. */
  String tail() throws IOException {
    String output = process.output();
    return output.substring(Math.max(0, output.length() - TAIL));
  }

  @Override
  public void close() {
    process.close();
  }
}
