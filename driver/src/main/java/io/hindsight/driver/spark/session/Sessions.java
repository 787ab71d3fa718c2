package io.hindsight.driver.spark.session;

import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.EngineKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.engine.EngineChoice;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.spark.ExecutorWatch;
import io.hindsight.driver.spark.JobFailures;
import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.resident.HindsightPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a run: none where nothing needs it, the present one where there is one, else
 * a new one.
 *
 * <p>The master is never chosen here: it comes from {@code spark-submit} or the system property
 * {@code spark.master}. Settings are defaults only: what the user has set stays.
 */
public final class Sessions implements AutoCloseable {
  /** How Spark names an application that no master has named. */
  private static final String NO_APPLICATION = "spark-application-";

  private final Optional<SparkContext> context;
  private final boolean created;

  private Sessions(Optional<SparkContext> context, boolean created) {
    this.context = context;
    this.created = created;
  }

  /**
   * Opens what a run needs: a session with SQL for tables, a context for jobs, nothing otherwise.
   *
   * @throws ConfigException if Spark is needed and no master is set, or this Java cannot read
   *     tables
   */
  public static Sessions forRun(RunConfig config) {
    if (config.data() instanceof TableSpec table) {
      requireFileSystems();
      Sessions sessions =
          open(config.name(), "data.format: " + table.location().format() + " is read by it");
      sessions.session();
      return sessions;
    }
    EngineKind kind = EngineChoice.of(config.training().execution().engine(), master()).kind();
    if (kind != EngineKind.LOCAL) {
      String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
      return open(config.name(), "training.engine: " + word + " runs on it");
    }
    return new Sessions(Optional.empty(), false);
  }

  /**
   * Opens a session.
   *
   * @param name shown by Spark, if the session is created and the user has set no name
   * @param reason why Spark is needed, for the error
   * @throws ConfigException if there is no session and no master to create one with, a setting of
   *     Spark is wrong, or Spark is older than 3.5
   * @throws EngineException if Spark does not start, as when no master answers
   */
  static Sessions open(String name, String reason) {
    SparkRelease release = SparkRelease.present();
    present().filter(SparkContext::isStopped).ifPresent(SessionEnd::await);
    Optional<SparkContext> present = present();
    if (present.isPresent()) {
      SparkSettings.checkOurs(present.get().getConf());
      return new Sessions(present, false);
    }
    SparkConf conf = new SparkConf();
    if (!conf.contains("spark.master")) {
      throw noMaster(reason);
    }
    SparkSettings.check(conf);
    SparkMemory.requireLeast(conf, Runtime.getRuntime().maxMemory());
    conf.setIfMissing("spark.app.name", name);
    release.defaults().forEach(conf::setIfMissing);
    addDefaults(conf);
    boolean oneProcess = EngineChoice.isThisProcess(conf.get("spark.master"));
    SparkLogs.quiet(oneProcess);
    SparkContext context = start(conf);
    requireApplication(context);
    // Spark chooses its profile with its first message, which may have been the context's.
    SparkLogs.quiet(oneProcess);
    ExecutorWatch.start(context);
    return new Sessions(Optional.of(context), true);
  }

  private static SparkContext start(SparkConf conf) {
    try {
      return new SparkContext(conf);
    } catch (Exception e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.startsWith("Could not parse Master URL")) {
        throw problem(
            "spark.master",
            "there is no Spark master of this form: " + conf.get("spark.master"),
            "use local[*], spark://HOST:7077, or start with spark-submit for YARN and Kubernetes");
      }
      if (isStandalone(conf.get("spark.master")) && reason.startsWith(JobFailures.STOPPED)) {
        throw unanswered(conf);
      }
      SparkMemory.refuse(reason);
      SparkSettings.refuse(e);
      throw new EngineException(
          "Spark did not start with the master " + conf.get("spark.master") + ": " + reason, e);
    }
  }

  /**
   * Checks that a standalone master took the application. When none answers, the context comes back
   * all the same and stops a moment later, and a broadcast within that moment never returns; or
   * Spark stops it before it is complete.
   */
  private static void requireApplication(SparkContext context) {
    if (isStandalone(context.master()) && context.applicationId().startsWith(NO_APPLICATION)) {
      context.stop();
      throw unanswered(context.getConf());
    }
  }

  private static boolean isStandalone(String master) {
    return master.startsWith("spark://");
  }

  private static EngineException unanswered(SparkConf conf) {
    return new EngineException(
        "no Spark master answers at "
            + conf.get("spark.master")
            + "; check that it runs and can be reached from here"
            + secretHint(conf),
        null);
  }

  /** A master that knows another secret does not answer either. */
  private static String secretHint(SparkConf conf) {
    return conf.getBoolean("spark.authenticate", false)
        ? ", and that spark.authenticate.secret here is the master's"
        : "";
  }

  /** Spark, if it runs in this process. */
  public static Optional<SparkContext> present() {
    return SparkApi.active();
  }

  /** Stops Spark, whoever started it, so that whoever waits for a job learns of its end. */
  public static void stopPresent() {
    present().ifPresent(SparkContext::stop);
  }

  private static ConfigException noMaster(String reason) {
    return problem(
        "spark.master",
        "no Spark master is set, but Spark is needed: " + reason,
        "give --master local[*] for this machine, or start with spark-submit");
  }

  /** Hadoop before 3.4.3 asks Java who the user is in a way that Java 24 has given up. */
  static void requireFileSystems() {
    try {
      UserGroupInformation.getCurrentUser();
    } catch (UnsupportedOperationException givenUp) {
      throw problem(
          "java",
          "Hadoop %s, through which tables are read, does not run on Java %s"
              .formatted(VersionInfo.getVersion(), Runtime.version().feature()),
          "use Java 17 or 21, or a Spark with Hadoop 3.4.3 or newer");
    } catch (IOException noUser) {
      throw new UncheckedIOException(noUser);
    }
  }

  private static ConfigException problem(String key, String message, String remedy) {
    return new ConfigException(
        List.of(new ConfigProblem("command line", 0, 0, key, message, remedy)));
  }

  /** The master that is set for this process, or that of a session that is there. */
  public static Optional<String> master() {
    return Optional.ofNullable(System.getProperty("spark.master"))
        .or(() -> present().filter(some -> !some.isStopped()).map(SparkContext::master));
  }

  /** Sets what the user has left open; {@code spark.master} is set. */
  public static void addDefaults(SparkConf conf) {
    defaults(conf.get("spark.master")).forEach(conf::setIfMissing);
    addRegistrator(conf);
    addPlugin(conf);
  }

  /** Adds our plugin to those of the site: it has to be there before the session is. */
  private static void addPlugin(SparkConf conf) {
    String ours = HindsightPlugin.class.getName();
    String others = conf.get("spark.plugins", "");
    if (!others.contains(ours)) {
      conf.set("spark.plugins", others.isBlank() ? ours : others + "," + ours);
    }
  }

  /**
   * Adds our registrator to those of the site. Registration is never required: nobody can list what
   * a user's tables make Spark send.
   */
  private static void addRegistrator(SparkConf conf) {
    String ours = HindsightKryoRegistrator.class.getName();
    String others = conf.get("spark.kryo.registrator", "");
    if (!others.contains(ours)) {
      conf.set("spark.kryo.registrator", others.isBlank() ? ours : others + "," + ours);
    }
  }

  private static Map<String, String> defaults(String master) {
    Map<String, String> defaults = new LinkedHashMap<>(TableSettings.DEFAULTS);
    defaults.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    // Each broadcast allocates a whole block, and there are two a step.
    defaults.put("spark.broadcast.blockSize", "256k");
    // Gradients are merged as they arrive, so their total size in a step is no burden.
    defaults.put("spark.driver.maxResultSize", "0");
    // Lost executors count as failures of their tasks.
    defaults.put("spark.task.maxFailures", "8");
    // Else the session's end waits for the one who asks all executors to forget a broadcast, two
    // minutes where one stands still.
    defaults.put("spark.cleaner.referenceTracking.blocking", "false");
    defaults.put("spark.ui.showConsoleProgress", "false");
    if (EngineChoice.isThisProcess(master)) {
      defaults.put("spark.ui.enabled", "false");
      // A task that runs out of memory fails; else Spark would end the process, here the driver's.
      defaults.put("spark.executor.killOnFatalError.depth", "0");
    } else {
      // Workers are often started without a locale; then Java cannot name every file of a table.
      defaults.put("spark.executorEnv.LC_ALL", "C.UTF-8");
    }
    return defaults;
  }

  /** The version of Spark on the class path. */
  public static String sparkVersion() {
    return SparkApi.version();
  }

  /** Whether Spark was started here, so that it ends with this object. */
  public boolean isOwn() {
    return created;
  }

  /** Whether Spark is there at all. */
  public boolean isPresent() {
    return context.isPresent();
  }

  /**
   * The context, for jobs.
   *
   * @throws java.util.NoSuchElementException if nothing needed Spark
   */
  public SparkContext context() {
    return context.orElseThrow();
  }

  /** Names the jobs that this thread starts, until it is closed. */
  public JobName named(String what) {
    return JobName.of(context(), what);
  }

  /** The session, for tables; made over the context at the first call. */
  public SparkSession session() {
    SparkSession session = SparkSession.builder().sparkContext(context()).getOrCreate();
    SparkSession.setActiveSession(session);
    return session;
  }

  /** Where encoded data of a run is kept. */
  public DataStore dataStore(RunConfig config) {
    return dataStore(config, Optional.empty());
  }

  /**
   * As the other. Where {@code data.store} names no place, a cluster keeps in one what is too large
   * for the driver's heap.
   *
   * @param place that all machines see; absent if there is none
   */
  public DataStore dataStore(RunConfig config, Optional<String> place) {
    EncodedStore local =
        context.map(some -> DataMemory.store(some.conf())).orElseGet(EncodedStore::onHeap);
    boolean always = config.store().isPresent();
    boolean cluster = context.filter(some -> !some.isLocal()).isPresent();
    Optional<SharedStore> shared =
        config
            .store()
            .or(() -> place.filter(some -> cluster))
            .map(at -> new SharedStore(StorageFolder.of(at), ResolvedConfig.ofData(config)));
    return new DataStore(local, shared, always);
  }

  /** Ends the session if it was created here; it is gone on return, whoever began to stop it. */
  @Override
  public void close() {
    if (created) {
      context().stop();
      SessionEnd.await(context());
    }
  }
}
