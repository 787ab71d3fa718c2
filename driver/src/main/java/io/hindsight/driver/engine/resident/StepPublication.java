package io.hindsight.driver.engine.resident;

import io.hindsight.driver.engine.wire.StepBytes;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.kernels.network.Parameters;

/** A step's weights and request, by reference within a process, and as bytes made once for all. */
final class StepPublication {
  private final Parameters parameters;
  private final StepRequest request;
  private byte[] bytes;

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

  /** As {@link StepBytes#ofInput} writes it. */
  synchronized byte[] bytes() {
    if (bytes == null) {
      bytes = StepBytes.ofInput(parameters, request);
    }
    return bytes;
  }
}
