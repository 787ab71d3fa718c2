package io.hindsight.driver.storage;

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
      return path.getFileSystem(configuration);
    }
    if (uri.getHost() == null && FileSystem.getDefaultUri(configuration).getHost() == null) {
      throw new IllegalArgumentException("it names no host, and neither does fs.defaultFS");
    }
    Key key = new Key(uri.getAuthority(), UserGroupInformation.getCurrentUser());
    return PATIENT.computeIfAbsent(key, unused -> open(uri, configuration));
  }

  private static boolean isDecided(Configuration configuration) {
    String[] sources = configuration.getPropertySources(PATIENCE);
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
      return FileSystem.newInstance(uri, patient);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
