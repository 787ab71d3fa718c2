package io.hindsight.driver.engine;

import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;

/**
 * Computes the gradient sum of a step somewhere.
 *
 * <p>Every engine runs the same shard tasks and merges them in the same tree, so all give the same
 * bits.
 */
public interface GradientEngine extends AutoCloseable {
  /** The engine's name in configurations and metrics. */
  String name();

  /** Tasks that a step is divided into. */
  int tasks();

  /** Threads that share the work of each task. */
  default int threadsOfTask() {
    return 1;
  }

  /**
   * The gradient of one step.
   *
   * @param parameters weights before the step; not changed while the call runs
   * @param request the step; its fingerprint is that of the parameters
   * @return valid until the next call
   */
  StepOutcome gradient(Parameters parameters, StepRequest request);

  /**
   * What went wrong so far and was made good: results refused, workers lost or silent, jobs started
   * again. Asked by the thread that asks for gradients.
   */
  default long mended() {
    return 0;
  }

  /**
   * How the driver's own loops over weights and gradients run, by the thread that asks for
   * gradients and between its calls: on the caller's thread, unless the engine has others.
   */
  default RangeLoop loop() {
    return RangeLoop.SERIAL;
  }

  @Override
  void close();
}
