package io.hindsight.driver.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in which every worker has a machine of its own, as far as it can tell: a namespace,
 * tied to the master's and the driver's by a cable that can be cut.
 */
public final class PartedNetwork implements Isolation {
  private static final String HOST = "10.77.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The cables come from the kernel, which a container may not let one ask for them. */
  private static final String PREPARE =
      """
      set -e
      ip address add 10.77.0.1/32 dev lo
      echo 1 > /proc/sys/net/ipv4/ip_forward
      ip link add probe0 type veth peer name probe1
      ip link delete probe0
      """;

  /** Waits for its end of the cable, then becomes the command. */
  private static final String WORKER =
      """
      number=$1
      shift
      unshare --net sh -c '
        until ip link show cable >/dev/null 2>&1; do sleep 0.05; done
        ip link set lo up
        ip address add 10.77.$0.2/24 dev cable
        ip link set cable up
        ip route add default via 10.77.$0.1
        exec "$@"' "$number" "$@" &
      while [ "$(readlink /proc/$!/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do
        sleep 0.05
      done
      ip link add worker$number type veth peer name cable netns $!
      ip address add 10.77.$number.1/24 dev worker$number
      ip link set worker$number up
      wait
      """;

  private final Path folder;
  private final Isolation center;

  private PartedNetwork(Path folder, Isolation center) {
    this.folder = folder;
    this.center = center;
  }

  /**
   * Makes the network.
   *
   * @param folder receives logs
   * @return nothing, and a line on standard error, where the system does not permit it
   */
  public static Optional<PartedNetwork> ifPermitted(Path folder)
      throws IOException, InterruptedException {
    Isolation center = Isolation.namespaceIfPermitted(folder);
    PartedNetwork network = new PartedNetwork(folder, center);
    if (!(center instanceof Namespace)) {
      return Optional.empty();
    }
    try {
      network.call(List.of("sh", "-c", PREPARE));
      return Optional.of(network);
    } catch (IOException refused) {
      System.err.println("No network to be cut: " + refused.getMessage());
      network.close();
      return Optional.empty();
    }
  }

  /**
   * Makes the network in this process's own namespace, which it must have for itself, and as its
   * first use of it.
   *
   * @param folder receives logs
   * @throws IOException where the system does not permit it
   */
  public static PartedNetwork here(Path folder) throws IOException, InterruptedException {
    PartedNetwork network = new PartedNetwork(folder, Isolation.loopback());
    network.call(List.of("sh", "-c", PREPARE));
    return network;
  }

  /** Cuts a worker off. */
  public void cut(int worker) throws IOException, InterruptedException {
    call(List.of("ip", "link", "set", "worker" + (worker + 1), "down"));
  }

  /** Joins a worker again. */
  public void mend(int worker) throws IOException, InterruptedException {
    call(List.of("ip", "link", "set", "worker" + (worker + 1), "up"));
  }

  private void call(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("network.log");
    try (LoggedProcess process = LoggedProcess.start(wrap(command), Map.of(), log)) {
      if (process.exitCode(PATIENCE) != 0) {
        throw new IOException(process.output());
      }
    }
  }

  @Override
  public String host() {
    return HOST;
  }

  @Override
  public List<String> wrap(List<String> command) {
    return center.wrap(command);
  }

  @Override
  public Isolation ofWorker(int number) {
    return new Isolation() {
      @Override
      public String host() {
        return "10.77.%d.2".formatted(number + 1);
      }

      @Override
      public List<String> wrap(List<String> command) {
        List<String> there = new ArrayList<>(List.of("sh", "-c", WORKER, "sh", "" + (number + 1)));
        there.addAll(command);
        return center.wrap(there);
      }

      @Override
      public void close() {} // with the network
    };
  }

  @Override
  public void close() {
    center.close();
  }
}
