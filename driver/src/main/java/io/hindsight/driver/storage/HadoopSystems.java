package io.hindsight.driver.storage;

import io.hindsight.datasets.files.HadoopFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The file systems in use. HDFS gets clients of its own, which wait for minutes until a NameNode
 * that restarts is back, instead of Hadoop's ten seconds; before, a quick call tells an address at
 * which there is none.
 */
final class HadoopSystems {
  private static final String PATIENCE = "dfs.client.retry.policy.enabled";

  /** Waits in ms and how many of them: every second at first, then every five. */
  private static final String WAITS = "1000,10,5000,12";

  /**
   * Of a file that is closed before its data node has told the NameNode of the last block. Hadoop
   * waits 400 ms first and twice as long each of five times, which files as small as a checkpoint's
   * meet again and again; waiting 50 ms first and eight times is as long in all, 12 s.
   */
  private static final String FIRST_WAIT =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private static final String WAIT_TIMES = "dfs.client.block.write.locateFollowingBlock.retries";

  private static final Map<Key, FileSystem> PATIENT = new ConcurrentHashMap<>();

  private record Key(String authority, UserGroupInformation user) {}

  private HadoopSystems() {}

  /**
   * The file system of a path.
   *
   * @param configuration as the user gave it; what it says of retries stands
   */
  static FileSystem of(Path path, Configuration configuration) throws IOException {
    URI uri = path.toUri();
    if (!"hdfs".equals(uri.getScheme()) || isDecided(configuration)) {
      return HadoopFiles.of(path, configuration);
    }
    if (uri.getHost() == null && FileSystem.getDefaultUri(configuration).getHost() == null) {
      throw new IllegalArgumentException("it names no host, and neither does fs.defaultFS");
    }
    Key key = new Key(uri.getAuthority(), UserGroupInformation.getCurrentUser());
    return PATIENT.computeIfAbsent(key, unused -> open(uri, configuration));
  }

  private static boolean isDecided(Configuration configuration) {
    return isSet(PATIENCE, configuration);
  }

  /** Whether the user has set it, as against Hadoop itself. */
  private static boolean isSet(String name, Configuration configuration) {
    String[] sources = configuration.getPropertySources(name);
    return sources != null && !sources[sources.length - 1].equals("hdfs-default.xml");
  }

  private static FileSystem open(URI uri, Configuration configuration) {
    try {
      Configuration quick = new Configuration(configuration);
      quick.setInt("ipc.client.connect.max.retries", 2);
      quick.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
      try (FileSystem probe = FileSystem.newInstance(uri, quick)) {
        probe.exists(new Path("/"));
      }
      Configuration patient = new Configuration(configuration);
      patient.setBoolean(PATIENCE, true);
      patient.set("dfs.client.retry.policy.spec", WAITS);
      // Metrics stay open all the run; a lost data node must not end it where there is no other.
      patient.setBoolean("dfs.client.block.write.replace-datanode-on-failure.best-effort", true);
      if (!isSet(FIRST_WAIT, configuration) && !isSet(WAIT_TIMES, configuration)) {
        patient.setInt(FIRST_WAIT, 50);
        patient.setInt(WAIT_TIMES, 8);
      }
      return FileSystem.newInstance(uri, patient);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
