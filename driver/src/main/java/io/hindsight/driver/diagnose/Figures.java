package io.hindsight.driver.diagnose;

import io.hindsight.kernels.math.choice.Norms;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.NetworkProbe;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a few windows show of a network.
 *
 * @param windows how many
 * @param targets theirs
 * @param loss mean of a target
 * @param trivialLoss mean of a target if all had the best constant answer
 * @param gradientNorm norm of the gradient of {@code loss}
 * @param weightNorm norm of the weights
 * @param layers from the input upwards
 * @param update how much one update changes the weights; absent if the gradient is not finite
 * @param history of the run; absent if nothing is known of it
 */
public record Figures(
    int windows,
    long targets,
    double loss,
    double trivialLoss,
    double gradientNorm,
    double weightNorm,
    List<LayerFigures> layers,
    Optional<UpdateFigures> update,
    Optional<History> history) {

  /**
   * What the run has done so far.
   *
   * @param steps updates it made
   * @param clipped how many of them had their gradient clipped; absent if that is not known
   */
  public record History(long steps, Optional<Long> clipped) {}

  /** What was seen of a network with these weights. */
  public static Figures of(
      NetworkProbe probe,
      Parameters weights,
      Optional<UpdateFigures> update,
      Optional<History> history) {
    return new Figures(
        probe.windows(),
        probe.targets(),
        probe.loss(),
        probe.trivialLoss(),
        Norms.euclidean(probe.gradient()),
        Norms.euclidean(weights.values()),
        IntStream.range(0, probe.layers()).mapToObj(l -> LayerFigures.of(probe, l)).toList(),
        update,
        history);
  }

  /** The loss as a share of that of the best constant answer; NaN if that has none. */
  double share() {
    return trivialLoss > 0 ? loss / trivialLoss : Double.NaN;
  }

  /**
   * How much of the loss a change of all weights by their own size would take away, if it fell as
   * steeply as it does here: ‖dE/dw‖ ‖w‖ / E.
   */
  double slope() {
    return gradientNorm * weightNorm / loss;
  }
}
