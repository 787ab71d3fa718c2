package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;

/**
 * A step's weights and request, by reference within a process, and as bytes written once for all.
 */
final class StepPublication {
  private final Parameters parameters;
  private final StepRequest request;
  private Pieces pieces;

  /**
   * Publishes a step.
   *
   * @param parameters not copied, and not changed until every result is there
   */
  StepPublication(Parameters parameters, StepRequest request) {
    this.parameters = parameters;
    this.request = request;
  }

  Parameters parameters() {
    return parameters;
  }

  StepRequest request() {
    return request;
  }

  /**
   * As {@link StepBytes#ofInput} writes it.
   *
   * @param most longest piece, in bytes; the same at every call
   */
  synchronized Pieces pieces(int most) {
    if (pieces == null) {
      pieces = StepBytes.ofInput(parameters, request, most);
    }
    return pieces;
  }
}
