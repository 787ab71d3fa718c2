package io.hindsight.driver.plan;

/**
 * What Spark takes for a step beside the computation.
 *
 * @param jobs of one job per step, gradients summed by the driver
 * @param resident of resident tasks
 * @param origin where the numbers are from, for people
 */
public record SparkCosts(Cost jobs, Cost resident, String origin) {
  private static final double MILLI = 1e6;

  /**
   * Measured once: two executors of one core, each a process on one machine, AES off, networks of
   * 1e4 and 1e6 parameters. A job took 14 and 115 ms beside the computation, resident tasks 1.0 and
   * 42 ms, with 32 MB sent and received in the larger case. The cost per task is an assumption.
   */
  public static final SparkCosts DEFAULTS =
      new SparkCosts(
          new Cost(13.5 * MILLI, 0.1 * MILLI, 3.2),
          new Cost(0.7 * MILLI, 0.1 * MILLI, 1.28),
          "from defaults: two executors on one machine; measure with a --master");

  /**
   * The cost of a step as a straight line.
   *
   * @param stepNanos of any step, ns
   * @param peerNanos for each task, or with resident tasks for each executor, ns
   * @param byteNanos for each byte that the driver sends or receives, ns
   */
  public record Cost(double stepNanos, double peerNanos, double byteNanos) {
    /** The cost of a step, ns. */
    public double nanos(int peers, double bytes) {
      return stepNanos + peerNanos * peers + byteNanos * bytes;
    }

    /**
     * The line through two measurements with the same number of peers.
     *
     * @param smallNanos with {@code smallBytes}, ns
     * @param largeNanos with {@code largeBytes}, ns
     * @param peer cost of a peer, which one number of peers cannot tell; at most half of the small
     *     measurement is ascribed to peers
     */
    public static Cost through(
        int peers,
        double smallBytes,
        double smallNanos,
        double largeBytes,
        double largeNanos,
        double peer) {
      double perByte = Math.max(0, (largeNanos - smallNanos) / (largeBytes - smallBytes));
      double latency = Math.max(0, smallNanos - perByte * smallBytes);
      double perPeer = Math.min(peer, latency / 2 / peers);
      return new Cost(latency - perPeer * peers, perPeer, perByte);
    }
  }
}
