package io.hindsight.driver.model;

import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;

/**
 * A model as it was read and verified.
 *
 * @param description everything but the weights
 * @param parameters the weights
 * @param weightsSha256 their {@link WeightsHash}
 */
public record StoredModel(
    ModelDescription description, Parameters parameters, String weightsSha256) {
  /** The network's shape. */
  public NetworkSpec network() {
    return description.network();
  }
}
