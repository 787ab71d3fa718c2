package io.hindsight.driver.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone master and one-core workers, each a process, from the jars of the test class path.
 *
 * <p>Every port is the system's choice. A driver in the test's JVM reaches a cluster on {@link
 * Isolation#loopback}; one in a namespace is reached by {@link #submit} only.
 */
public final class StandaloneCluster implements AutoCloseable {
  /** Java has verified all classes in the JVM of the tests: a sixth of the time of a start. */
  private static final String UNVERIFIED =
      "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

  /** Java options of processes that end before it pays to compile them well. */
  public static final String FIRST_COMPILER =
      UNVERIFIED + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  /**
   * The same with the reference kernels, which are faster then; for any Spark and any class path.
   */
  public static final String SHORT_LIVED = FIRST_COMPILER + " -Dhindsight.vector-bits=0";

  private static final Duration START = Duration.ofSeconds(180);
  private static final Pattern MASTER_URL =
      Pattern.compile("Starting Spark master at (spark://\\S+)");

  /** Masters and workers have little to do, and start on the cores that the tests need. */
  private static final String SMALL = FIRST_COMPILER + " -Xmx256m";

  /** A master otherwise ends an application whose executors were lost ten times in a row. */
  private static final String NEVER_GIVE_UP = "-Dspark.deploy.maxExecutorRetries=-1";

  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path folder;
  private final String memory; // of each worker, for its executors
  private final Isolation isolation;
  private final SparkJars jars;
  private final List<LoggedProcess> processes = new ArrayList<>();
  private String masterUrl;

  private StandaloneCluster(Path folder, String memory, Isolation isolation, SparkJars jars) {
    this.jars = jars;
    this.folder = folder;
    this.memory = memory;
    this.isolation = isolation;
  }

  /**
   * Java options of processes that end before it pays to compile them well, and whose class path
   * begins with that of the tests' libraries.
   */
  public static String shortLived() {
    return withArchive(SHORT_LIVED);
  }

  /**
   * Lines of {@code spark-defaults.conf} that make drivers and executors of the tests' own Spark
   * such processes.
   */
  public static String shortLivedDefaults() {
    return """
        spark.driver.extraJavaOptions %1$s
        spark.driver.extraClassPath %2$s
        spark.executor.extraJavaOptions %1$s
        spark.executor.extraClassPath %2$s
        """
        .formatted(shortLived(), ClassArchive.classPath());
  }

  private static String withArchive(String options) {
    return options + " " + String.join(" ", ClassArchive.options());
  }

  /** Starts a cluster with Spark's own defaults; see the other {@code start}. */
  public static StandaloneCluster start(Path folder, int workers, Isolation isolation)
      throws IOException, InterruptedException {
    return start(folder, workers, isolation, "");
  }

  /**
   * Starts a cluster and waits until its workers have registered.
   *
   * @param folder empty; receives the Spark home, the logs and the workers' files
   * @param workers how many, with one core and two GiB each
   * @param isolation where the processes live; closed with the cluster
   * @param defaults content of {@code spark-defaults.conf}, for master, workers and submissions
   * @throws IOException when a process ends or does not answer within three minutes
   */
  public static StandaloneCluster start(
      Path folder, int workers, Isolation isolation, String defaults)
      throws IOException, InterruptedException {
    return start(folder, workers, "2g", isolation, defaults, SparkJars.ofClassPath());
  }

  /** As the other, with the jars of any Spark. */
  public static StandaloneCluster start(
      Path folder, int workers, Isolation isolation, String defaults, SparkJars jars)
      throws IOException, InterruptedException {
    return start(folder, workers, "2g", isolation, defaults, jars);
  }

  /**
   * As the other, with Spark's own defaults.
   *
   * @param memory what each worker has for its executors, such as {@code 4g}
   */
  public static StandaloneCluster start(
      Path folder, int workers, String memory, Isolation isolation)
      throws IOException, InterruptedException {
    return start(folder, workers, memory, isolation, "", SparkJars.ofClassPath());
  }

  private static StandaloneCluster start(
      Path folder, int workers, String memory, Isolation isolation, String defaults, SparkJars jars)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder, memory, isolation, jars);
    try {
      SparkHome.create(cluster.sparkHome(), defaults, jars.libraries());
      cluster.startMaster();
      cluster.startWorkers(workers);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  /** The master's URL, {@code spark://host:port}. */
  public String masterUrl() {
    return masterUrl;
  }

  /** The Spark home of the processes, with {@code bin/spark-submit}; see {@link SparkHome}. */
  public Path sparkHome() {
    return folder.resolve("spark");
  }

  /** What the master has logged so far. */
  public String masterLog() throws IOException {
    return Files.readString(folder.resolve("master.log"));
  }

  /** The logs of an application's executors so far, of those that have ended too. */
  public List<Path> executorLogs(String application) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("stderr"))
          .filter(file -> file.getParent().getParent().endsWith(application))
          .toList();
    }
  }

  /** The executors that run now, of all workers. */
  public List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.handle().descendants())
        .filter(StandaloneCluster::isExecutor)
        .toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
      return new String(line, StandardCharsets.ISO_8859_1).contains("CoarseGrainedExecutorBackend");
    } catch (IOException ended) {
      return false;
    }
  }

  /**
   * The tests' libraries and, as what runs is no jar yet, the project's own classes. For {@code
   * spark.executor.extraClassPath}.
   */
  public static String executorClassPath() {
    return ClassArchive.classPath()
        + File.pathSeparator
        + String.join(File.pathSeparator, SparkJars.projectClassPath());
  }

  /** The tests' class path, for processes of {@link #shortLived}. */
  public static String classPath() {
    return ClassArchive.classPath() + File.pathSeparator + System.getProperty("java.class.path");
  }

  /**
   * Runs {@code spark-submit} in client mode against this cluster.
   *
   * @param arguments options, the jar, and the arguments of its main class
   * @param log receives the output
   * @return the running driver; close it
   */
  public LoggedProcess submit(List<String> arguments, Path log) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", masterUrl, "--deploy-mode", "client"));
    all.addAll(arguments);
    return run(
        java(SHORT_LIVED + " -Xmx1g", "org.apache.spark.deploy.SparkSubmit", all), Map.of(), log);
  }

  /**
   * Runs any command beside the cluster's processes, with its Spark home in the environment.
   *
   * @param more variables added to the environment
   * @param log receives the output
   * @return the running process; close it
   */
  public LoggedProcess run(List<String> command, Map<String, String> more, Path log)
      throws IOException {
    return run(isolation, command, more, log);
  }

  private LoggedProcess run(
      Isolation place, List<String> command, Map<String, String> more, Path log)
      throws IOException {
    return LoggedProcess.start(place.wrap(command), environment(place, more), log);
  }

  /**
   * Starts one more worker and does not wait for it.
   *
   * @param name of its log and folder
   * @param more variables added to its environment, such as {@code SPARK_CONF_DIR}
   * @return the running worker, which ends with the cluster
   */
  public LoggedProcess startWorker(String name, Map<String, String> more) throws IOException {
    return startWorker(isolation, name, more);
  }

  /**
   * Starts one more worker and waits until it has registered.
   *
   * @param number other than those of the workers before
   * @return the running worker; closing it ends its executors too
   */
  public LoggedProcess addWorker(int number) throws IOException, InterruptedException {
    LoggedProcess worker = startWorker(isolation.ofWorker(number), "" + number, Map.of());
    worker.await(REGISTERED, START);
    return worker;
  }

  private LoggedProcess startWorker(Isolation place, String name, Map<String, String> more)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--host", place.host(), "--port", "0", "--webui-port", "0"));
    options.addAll(List.of("--cores", "1", "--memory", memory));
    options.addAll(List.of("--work-dir", folder.resolve("work-" + name).toString(), masterUrl));
    return daemon(place, "worker.Worker", options, more, "worker-" + name + ".log");
  }

  /** Ends every process of the cluster, executors included, and removes the links to the jars. */
  @Override
  public void close() throws IOException {
    processes.forEach(LoggedProcess::close);
    isolation.close();
    SparkHome.removeLinks(sparkHome());
  }

  private void startMaster() throws IOException, InterruptedException {
    List<String> options = List.of("--host", isolation.host(), "--port", "0", "--webui-port", "0");
    LoggedProcess master = daemon(isolation, "master.Master", options, Map.of(), "master.log");
    masterUrl = master.await(MASTER_URL, START).group(1);
  }

  private void startWorkers(int count) throws IOException, InterruptedException {
    List<LoggedProcess> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      workers.add(startWorker(isolation.ofWorker(i), "" + i, Map.of()));
    }
    for (LoggedProcess worker : workers) {
      worker.await(REGISTERED, START);
    }
  }

  private LoggedProcess daemon(
      Isolation place, String role, List<String> options, Map<String, String> more, String log)
      throws IOException {
    List<String> command = java(SMALL, "org.apache.spark.deploy." + role, options);
    LoggedProcess process = run(place, command, more, folder.resolve(log));
    processes.add(process);
    return process;
  }

  private List<String> java(String flags, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    boolean archived = jars.areOfClassPath();
    command.addAll(List.of((archived ? withArchive(flags) : flags).split(" ")));
    String all = sparkHome().resolve("jars") + "/*";
    String classPath = archived ? ClassArchive.classPath() + File.pathSeparator + all : all;
    command.addAll(List.of(NEVER_GIVE_UP, "-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  private Map<String, String> environment(Isolation place, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", sparkHome().toString());
    environment.put("SPARK_SCALA_VERSION", jars.scala());
    environment.put("SPARK_LOCAL_IP", place.host());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C"); // as in most containers
    environment.putAll(more);
    return environment;
  }
}
