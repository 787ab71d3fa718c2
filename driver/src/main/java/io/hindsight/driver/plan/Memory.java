package io.hindsight.driver.plan;

/**
 * The heap that a run needs, in bytes, beside what Java and Spark take for themselves.
 *
 * @param task workspace of the task with most shards, and the gradient sums of its shards
 * @param executor all tasks of an executor, the weights as they come and as kernels read them, its
 *     gradients on their way, and what it keeps of its share of the data, or reads of it for steps
 * @param driver weights, optimizer, gradients that arrive, states, and the training part that it
 *     holds; with the local engine its tasks too
 */
public record Memory(long task, long executor, long driver) {
  private static final int STATES_OF_STEP = 2; // after the step, and what was received

  /**
   * The heap for an engine.
   *
   * @param cluster for {@link EngineOption#LOCAL} one executor, whose cores are threads
   * @param shardHeap the most that an executor's shards take, bytes; further ones are in files
   */
  public static Memory of(
      Workload workload, EngineOption engine, int wishedTasks, Cluster cluster, long shardHeap) {
    Division division = Division.of(workload.shards(), wishedTasks, cluster);
    long parameters = workload.parameterBytes();
    int blocks = workload.blocksOf(division.shardsOfLongest());
    long states = workload.carriesState() ? 2 * Workspace.stateBytes(workload.spec(), blocks) : 0;
    long task =
        Workspace.bytes(workload.spec(), workload.window(), blocks)
            + states
            + division.shardsOfLongest() * workload.shardGradientBytes();
    // Tasks keep their workspace between steps, whether they run at once or in turn.
    int together = (division.tasks() + division.executors() - 1) / division.executors();
    long packed = Workspace.packedBytes(workload.spec());
    long share = workload.dataBytes() / division.executors();
    // Of files an executor holds the windows of a step and of the next one.
    long windows = share > shardHeap ? 2 * workload.stepBytes() / division.executors() : 0;
    long data = Math.min(shardHeap, share) + windows;
    long driver = inEveryDriver(workload);
    if (engine == EngineOption.LOCAL) {
      long threads = together * task + packed;
      return new Memory(task, threads, driver + threads);
    }
    // A message is bytes and numbers at a time, on both sides.
    int sums = engine == EngineOption.RESIDENT ? division.executorSums() : division.taskSums();
    long gradient = workload.gradientBytes();
    long sent = 2L * (sums + division.executors() - 1) / division.executors() * gradient;
    long executor = together * task + packed + 2 * parameters + sent + data;
    long received = engine == EngineOption.JOBS_SLICED ? 2 : sums + 1L;
    return new Memory(task, executor, driver + received * gradient + parameters);
  }

  /**
   * What the driver needs with any engine: weights, optimizer, states and what it holds of the
   * training part.
   */
  static long inEveryDriver(Workload workload) {
    int wholeGradient = workload.spec().input().isEmbedded() ? 1 : 0; // for the optimizer
    int arrays = 1 + workload.optimizerSlots() + workload.copies() + wholeGradient;
    return arrays * workload.parameterBytes()
        + (STATES_OF_STEP + workload.carriedStates()) * workload.carriedBytes()
        + workload.heldBytes();
  }
}
