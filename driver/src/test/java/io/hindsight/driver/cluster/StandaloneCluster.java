package io.hindsight.driver.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final Duration START = Duration.ofSeconds(180);
  private static final Pattern MASTER_URL =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path folder;
  private final Isolation isolation;
  private final List<LoggedProcess> processes = new ArrayList<>();
  private String masterUrl;

  private StandaloneCluster(Path folder, Isolation isolation) {
    this.folder = folder;
    this.isolation = isolation;
  }

  /**
   * Starts a cluster and waits until its workers have registered.
   *
   * @param folder empty; receives the Spark home, the logs and the workers' files
   * @param workers how many, with one core and one GiB each
   * @param isolation where the processes live; closed with the cluster
   * @throws IOException when a process ends or does not answer within three minutes
   */
  public static StandaloneCluster start(Path folder, int workers, Isolation isolation)
      throws IOException, InterruptedException {
    return start(folder, workers, "1g", isolation);
  }

  /**
   * As the other.
   *
   * @param memory what each worker has for its executors, such as {@code 4g}
   */
  public static StandaloneCluster start(
      Path folder, int workers, String memory, Isolation isolation)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder, isolation);
    try {
      cluster.linkJars();
      cluster.startMaster();
      cluster.startWorkers(workers, memory);
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

  /** The Spark home of the processes: a folder whose {@code jars} link to the class path's. */
  public Path sparkHome() {
    return folder.resolve("spark");
  }

  /**
   * The entries of the test class path that are no library: the project's own classes. For {@code
   * spark.executor.extraClassPath}, when what runs is no jar yet.
   */
  public static String projectClassPath() {
    return String.join(File.pathSeparator, classPath().filter(entry -> !isLibrary(entry)).toList());
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
    return java("-Xmx1g", "org.apache.spark.deploy.SparkSubmit", all, log);
  }

  /** Ends every process of the cluster, executors included, and removes the links to the jars. */
  @Override
  public void close() throws IOException {
    processes.forEach(LoggedProcess::close);
    isolation.close();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(jars())) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }

  private void startMaster() throws IOException, InterruptedException {
    List<String> options = List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    masterUrl = daemon("master.Master", options, "master.log").await(MASTER_URL, START).group(1);
  }

  private void startWorkers(int count, String memory) throws IOException, InterruptedException {
    List<LoggedProcess> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> options = new ArrayList<>();
      options.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
      options.addAll(List.of("--cores", "1", "--memory", memory));
      options.addAll(List.of("--work-dir", folder.resolve("work-" + i).toString(), masterUrl));
      workers.add(daemon("worker.Worker", options, "worker-" + i + ".log"));
    }
    for (LoggedProcess worker : workers) {
      worker.await(REGISTERED, START);
    }
  }

  private LoggedProcess daemon(String role, List<String> options, String log) throws IOException {
    LoggedProcess process =
        java("-Xmx256m", "org.apache.spark.deploy." + role, options, folder.resolve(log));
    processes.add(process);
    return process;
  }

  private LoggedProcess java(String heap, String mainClass, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(heap, "-cp", jars() + "/*", mainClass));
    command.addAll(arguments);
    return LoggedProcess.start(isolation.wrap(command), environment(), log);
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        sparkHome().toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "JAVA_HOME",
        System.getProperty("java.home"));
  }

  private Path jars() {
    return sparkHome().resolve("jars");
  }

  private void linkJars() throws IOException {
    Files.createDirectories(jars());
    for (String entry : classPath().filter(StandaloneCluster::isLibrary).toList()) {
      Path jar = Path.of(entry);
      try {
        Files.createSymbolicLink(jars().resolve(jar.getFileName()), jar);
      } catch (FileAlreadyExistsException twice) {
        throw new IOException("two jars named " + jar.getFileName() + " on the class path", twice);
      }
    }
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static boolean isLibrary(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return name.endsWith(".jar") && !name.startsWith("hindsight-");
  }
}
