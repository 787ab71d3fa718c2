package io.hindsight.kernels.network;

/**
 * Noise in the state of a recurrent layer in training; each is a probability in [0, 1).
 *
 * @param recurrentDropout that a unit of h is 0 where the recurrent product reads it, the same
 *     units at all steps, the others being divided by 1 − p (Gal and Ghahramani: <i>A Theoretically
 *     Grounded Application of Dropout in Recurrent Neural Networks</i>, NIPS 2016)
 * @param zoneoutHidden that a unit of h keeps its value at a step; in evaluation h is the mean
 *     (Krueger et al.: <i>Zoneout</i>, ICLR 2017)
 * @param zoneoutCell the same of c
 */
public record StateNoise(double recurrentDropout, double zoneoutHidden, double zoneoutCell) {
  /** No noise. */
  public static final StateNoise NONE = new StateNoise(0, 0, 0);

  public StateNoise {
    DropoutSpec.requireProbability("recurrent dropout", recurrentDropout);
    DropoutSpec.requireProbability("zoneout of h", zoneoutHidden);
    DropoutSpec.requireProbability("zoneout of c", zoneoutCell);
  }

  /** Whether any unit ever keeps its value. */
  public boolean hasZoneout() {
    return zoneoutHidden > 0 || zoneoutCell > 0;
  }
}
