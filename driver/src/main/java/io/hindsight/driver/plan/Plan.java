package io.hindsight.driver.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a run will be: sizes, memory, the engine and why, and what its steps are expected to take.
 *
 * @param name of the run
 * @param kernels implementation of the arithmetic in this process
 * @param workload sizes
 * @param totalSteps training steps of the run
 * @param cluster executors of the session, or those assumed
 * @param engine what the run would use
 * @param reason why
 * @param notes advice and warnings, a sentence each
 * @param memory heap for that engine
 * @param constants what was measured in this process
 * @param executorSpeed the kernels on the executors
 * @param measuredExecutors whether that was measured there; else it is assumed to be as here
 * @param spark costs of Spark
 * @param engines a step with each engine, on {@code cluster}
 * @param scaling a step with the best engine of a cluster of 1, 2, 4 … 256 executors
 */
public record Plan(
    String name,
    String kernels,
    Workload workload,
    long totalSteps,
    Cluster cluster,
    EngineOption engine,
    String reason,
    List<String> notes,
    Memory memory,
    Constants constants,
    KernelSpeed executorSpeed,
    boolean measuredExecutors,
    SparkCosts spark,
    List<Prediction> engines,
    List<Prediction> scaling) {

  /** The prediction for the engine that the run would use. */
  public Optional<Prediction> chosen() {
    return engines.stream().filter(each -> each.engine() == engine).findFirst();
  }
}
