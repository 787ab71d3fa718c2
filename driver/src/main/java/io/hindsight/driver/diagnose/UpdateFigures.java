package io.hindsight.driver.diagnose;

import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much one update changes the weights.
 *
 * @param origin which update it is
 * @param learningRate of the update
 * @param blocks each block of parameters that is not all zero
 */
public record UpdateFigures(Origin origin, double learningRate, List<Ratio> blocks) {
  /** Which update is looked at. */
  public enum Origin {
    /** That of the run, from its whole minibatch. */
    STEP("the run's own"),
    /** One from the windows that are looked at, with the state of the run's optimizer. */
    CHECKPOINT("from these windows, with the optimizer's state of the checkpoint"),
    /** One from these windows, with an optimizer that has no state yet. */
    FIRST("from these windows, as the optimizer's first");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }

  /**
   * The change of a block.
   *
   * @param block its name
   * @param matrix whether it is no bias
   * @param ratio ‖Δw‖ / ‖w‖
   */
  public record Ratio(String block, boolean matrix, double ratio) {}

  /** Of the weights before and after an update. */
  public static UpdateFigures of(
      Origin origin, double learningRate, Parameters before, Parameters after) {
    List<Ratio> ratios = new ArrayList<>();
    for (Block block : before.layout().blocks()) {
      double change = 0;
      double size = 0;
      for (int i = block.offset(); i < block.end(); i++) {
        double value = before.values()[i];
        change += (after.values()[i] - value) * (after.values()[i] - value);
        size += value * value;
      }
      if (size > 0) {
        ratios.add(new Ratio(block.name(), !block.vector(), Math.sqrt(change / size)));
      }
    }
    return new UpdateFigures(origin, learningRate, ratios);
  }

  /** The matrix that changes most. */
  Optional<Ratio> largest() {
    return blocks.stream().filter(Ratio::matrix).max(Comparator.comparingDouble(Ratio::ratio));
  }
}
