package io.hindsight.driver.spark.session;

import io.hindsight.driver.cluster.StandaloneCluster;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;

/** A session with settings that are gone when it is closed. */
public final class TestSession implements AutoCloseable {
  private final Map<String, String> settings;
  private final Sessions sessions;

  private TestSession(Map<String, String> settings) {
    this.settings = settings;
    settings.forEach(System::setProperty);
    try {
      sessions = Sessions.open("test", "the test");
    } catch (RuntimeException failure) {
      settings.keySet().forEach(System::clearProperty);
      throw failure;
    }
  }

  /** Opens one on a master. */
  public static TestSession open(String master, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("spark.master", master);
    return new TestSession(all);
  }

  /** Opens one on two threads of this process that reads tables of few rows. */
  public static TestSession forTables(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(LocalSession.FOR_FEW_ROWS);
    all.put("spark.ui.enabled", "false");
    all.putAll(settings);
    return open("local[2]", all);
  }

  /** Opens one on a cluster. */
  public static TestSession on(StandaloneCluster cluster, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("spark.home", cluster.sparkHome().toString());
    all.put("spark.ui.enabled", "false");
    all.put("spark.executor.extraClassPath", StandaloneCluster.executorClassPath());
    return open(cluster.masterUrl(), all);
  }

  /** As the other, for executors that are killed before it pays to compile them well. */
  public static TestSession onShortLived(StandaloneCluster cluster, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("spark.executor.extraJavaOptions", StandaloneCluster.shortLived());
    return on(cluster, all);
  }

  /** Its context. */
  public SparkContext context() {
    return sessions.context();
  }

  /** What a run is given. */
  public Sessions sessions() {
    return sessions;
  }

  /** The same session, as one finds it who has not started it. */
  public Sessions found() {
    return Sessions.open("test", "the test");
  }

  @Override
  public void close() {
    sessions.close();
    settings.keySet().forEach(System::clearProperty);
  }
}
