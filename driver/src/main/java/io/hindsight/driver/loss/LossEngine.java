package io.hindsight.driver.loss;

import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;

/**
 * Computes the loss on a part of the data where its sequences are. The losses are summed exactly,
 * so it has the same bits wherever that is.
 */
public interface LossEngine extends AutoCloseable {
  /**
   * A loss.
   *
   * @param mean loss per target by weight; NaN without targets
   * @param targets how many were scored
   */
  record Loss(double mean, long targets) {}

  /**
   * The loss that weights reach.
   *
   * @param request for a loss; its fingerprint is that of the parameters
   * @throws io.hindsight.driver.engine.EngineException if it cannot be computed
   */
  Loss loss(Parameters parameters, StepRequest request);

  @Override
  void close();
}
