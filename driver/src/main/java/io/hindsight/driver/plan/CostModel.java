package io.hindsight.driver.plan;

import io.hindsight.driver.step.Teams;

/**
 * Predicts the time of a step from a few measured constants.
 *
 * <p>A step is the slowest task's computation, what the engine takes besides, and the update. Tasks
 * get contiguous runs of shards, so by Amdahl's law the longest run counts: ⌈S / tasks⌉ shards. The
 * engine's part is a straight line in the tasks, or executors, and in the bytes that pass through
 * the driver:
 *
 * <ul>
 *   <li>{@code local}: packing the weights once, handing the step to the threads, and merging the
 *       tasks' sums;
 *   <li>{@code spark-resident}: the weights go to every executor, its merged sums come back;
 *   <li>{@code spark-jobs}: executors pass the broadcast weights on to each other, so the driver
 *       sends them about log2(N + 1) times; every task's sums come back;
 *   <li>{@code spark-jobs sliced}: a second stage sums slices, so one gradient comes back, and each
 *       executor writes and reads its part of a shuffle meanwhile.
 * </ul>
 */
public final class CostModel {
  /** A second stage needs no second job, so it costs less than the first. */
  private static final double SECOND_STAGE = 0.6;

  private static final Traffic NOTHING_SENT = new Traffic(0, 0, 0);

  private final Workload workload;
  private final int wishedTasks;
  private final Teams teams;
  private final double share;
  private final Constants driver;
  private final KernelSpeed executors;
  private final SparkCosts spark;

  /**
   * A model of a run.
   *
   * @param wishedTasks configured tasks; 0 is one per core
   * @param teams how threads of this process would share a step
   * @param share the time of a task of theirs, as a part of what one thread takes for it
   * @param driver what was measured in the driver
   * @param executors the kernels' speed on the executors
   */
  public CostModel(
      Workload workload,
      int wishedTasks,
      Teams teams,
      double share,
      Constants driver,
      KernelSpeed executors,
      SparkCosts spark) {
    this.workload = workload;
    this.wishedTasks = wishedTasks;
    this.teams = teams;
    this.share = share;
    this.driver = driver;
    this.executors = executors;
    this.spark = spark;
  }

  /** Threads of this process. */
  public Prediction local() {
    Cluster here = new Cluster(1, teams.tasks());
    Division division = Division.of(workload.shards(), teams.tasks(), here);
    double merges = (division.taskSums() - 1) * driver.mergeNanos();
    double engine = driver.handOffNanos() + driver.packNanos() + merges;
    double compute = share * compute(division, driver.speed());
    int threads = teams.all();
    Cluster all = new Cluster(1, threads);
    return prediction(EngineOption.LOCAL, all, threads, compute, engine, NOTHING_SENT);
  }

  /** A way on a cluster; for {@link EngineOption#LOCAL} the cluster is ignored. */
  public Prediction predict(EngineOption option, Cluster cluster) {
    if (option == EngineOption.LOCAL) {
      return local();
    }
    Division division = Division.of(workload.shards(), wishedTasks, cluster);
    long gradient = workload.gradientBytes();
    Traffic traffic =
        Traffic.of(option, division, workload.parameterBytes(), gradient, workload.carriedBytes());
    double cost =
        switch (option) {
          case RESIDENT -> spark.resident().nanos(traffic.peers(), traffic.bytes());
          case JOBS -> spark.jobs().nanos(traffic.peers(), traffic.bytes());
          default -> sliced(traffic, 2.0 * division.taskSums() * gradient / division.executors());
        };
    double compute = compute(division, executors);
    return prediction(option, cluster, division.tasks(), compute, cost, traffic);
  }

  private double sliced(Traffic traffic, double shuffledByAnExecutor) {
    SparkCosts.Cost jobs = spark.jobs();
    return jobs.nanos(traffic.peers(), traffic.bytes() + shuffledByAnExecutor)
        + SECOND_STAGE * jobs.stepNanos();
  }

  private double compute(Division division, KernelSpeed speed) {
    return division.waves() * speed.nanos(workload.blocksOf(division.shardsOfLongest()));
  }

  private Prediction prediction(
      EngineOption option,
      Cluster cluster,
      int tasks,
      double compute,
      double engine,
      Traffic traffic) {
    double update = driver.updateNanos() + driver.fingerprintNanos();
    return new Prediction(
        option, cluster, tasks, compute, engine, update, traffic.sent(), traffic.received());
  }
}
