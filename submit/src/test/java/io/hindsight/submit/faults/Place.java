package io.hindsight.submit.faults;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.PartedNetwork;
import io.hindsight.driver.cluster.SmallHdfs;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * What all runs share: a cluster of two workers, an HDFS, and what the system lets this process do.
 * Each is started when it is first asked for.
 */
final class Place implements AutoCloseable {
  /** Set by whoever started this process in network, process and mount namespaces of its own. */
  static final String ISOLATED = "hindsight.faults.isolated";

  private static final Duration IDLE = Pace.seconds(60);

  private final Path folder;
  private final Map<FaultKind, String> impossible = new EnumMap<>(FaultKind.class);
  private final Optional<PartedNetwork> network;
  private StandaloneCluster cluster;
  private MiniDFSCluster hdfs;
  private int clusters;

  /**
   * Finds out what is possible.
   *
   * @param folder for logs and the files of the services
   */
  Place(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    boolean isolated = Boolean.getBoolean(ISOLATED);
    network = isolated ? partedNetwork() : Optional.empty();
    if (network.isEmpty()) {
      impossible.put(FaultKind.CUT_NETWORK, "needs the right to make network namespaces");
    }
    try {
      requireAClock();
    } catch (IOException refused) {
      impossible.put(FaultKind.SHIFT_CLOCK, refused.getMessage().strip());
    }
    if (isolated) {
      probeDisk();
    } else {
      impossible.put(FaultKind.FILL_DISK, "needs the right to mount");
    }
  }

  private Optional<PartedNetwork> partedNetwork() throws InterruptedException {
    try {
      return Optional.of(PartedNetwork.here(folder));
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  private static void requireAClock() throws IOException, InterruptedException {
    String uptime =
        Commands.call(
            "unshare",
            "--time",
            "--monotonic",
            "0",
            "--boottime",
            "1000000000",
            "cat",
            "/proc/uptime");
    if (Double.parseDouble(uptime.split(" ")[0]) < 1e9) {
      throw new IOException("a clock of its own has no effect here");
    }
  }

  private void probeDisk() throws InterruptedException {
    try {
      SmallDisk.mount(folder.resolve("probe")).unmount();
    } catch (IOException refused) {
      impossible.put(FaultKind.FILL_DISK, refused.getMessage().strip());
    }
  }

  /** Faults that this system does not let one bring about, and why. */
  Map<FaultKind, String> impossible() {
    return impossible;
  }

  /** The network, where it can be cut. */
  Optional<PartedNetwork> network() {
    return network;
  }

  /** The driver's address. */
  String host() {
    return isolation().host();
  }

  private Isolation isolation() {
    return network.<Isolation>map(parted -> parted).orElseGet(Isolation::loopback);
  }

  /** The cluster. */
  StandaloneCluster cluster() throws IOException, InterruptedException {
    if (cluster == null) {
      Path home = Files.createDirectory(folder.resolve("cluster-" + clusters++));
      cluster = StandaloneCluster.start(home, 2, isolation());
    }
    return cluster;
  }

  /** The NameNode and its DataNode. */
  MiniDFSCluster hdfs() throws IOException {
    if (hdfs == null) {
      hdfs = SmallHdfs.start(folder.resolve("hdfs"));
    }
    return hdfs;
  }

  /**
   * Waits until no executor is left of the run before.
   *
   * @throws BrokenPromise if some stay; the next run gets another cluster
   */
  void awaitIdle() throws IOException, InterruptedException, BrokenPromise {
    long end = System.nanoTime() + IDLE.toNanos();
    while (cluster != null && !cluster.executors().isEmpty()) {
      if (System.nanoTime() > end) {
        String left = cluster.executors().toString();
        renew();
        throw BrokenPromise.other("executors left after the run: " + left);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** The next run gets another cluster. */
  void renew() throws IOException {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  @Override
  public void close() throws IOException {
    renew();
    if (hdfs != null) {
      hdfs.shutdown(true);
    }
  }
}
