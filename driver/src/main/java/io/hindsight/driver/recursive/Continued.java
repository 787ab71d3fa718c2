package io.hindsight.driver.recursive;

/**
 * What follows the end of a sequence.
 *
 * @param outputs as of a network that answers all steps ahead at once // (H·O·P)
 * @param samples each of which has read its own values, in original units // [n](H·O)
 */
public record Continued(double[] outputs, double[][] samples) {
  /** Outputs of a network that reads no answers; its samples are drawn of them. */
  public static Continued of(double[] outputs) {
    return new Continued(outputs, new double[0][]);
  }
}
