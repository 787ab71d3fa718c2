package io.hindsight.driver.predict;

import io.hindsight.datasets.Count;
import io.hindsight.driver.answer.Choice;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Locale;

/**
 * The probability from which on one of two classes is answered, as a user gives it.
 *
 * @param text a number from 0 to 1, or {@code auto}
 */
record GivenThreshold(String text) {
  private static final String AUTO = "auto";

  /**
   * What it means for a model.
   *
   * @throws ConfigException if it means nothing
   */
  Choice.From of(ModelBundle model) {
    OutputSpec output = model.network().output();
    if (output.loss() != Loss.SOFTMAX_CROSS_ENTROPY || output.size() != 2) {
      throw wrong(
          "only one of two classes (data.target-kind: class) is answered from a probability on,"
              + " but the model has %s of loss %s; leave it out"
                  .formatted(
                      Count.of(output.size(), "output"),
                      output.loss().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
    int positive =
        model
            .majority()
            .map(answer -> 1 - answer.outputs().get(0))
            .orElseThrow(
                () ->
                    wrong(
                        "the model does not tell which class its training part had less often;"
                            + " leave it out"));
    return new Choice.From(positive, threshold(model).value());
  }

  private Threshold threshold(ModelBundle model) {
    if (text.equals(AUTO)) {
      return model
          .threshold()
          .orElseThrow(
              () ->
                  wrong(
                      "the model has no threshold, since its validation part had no target of the"
                          + " rarer class; give a number from 0 to 1"));
    }
    try {
      return new Threshold(Double.parseDouble(text));
    } catch (IllegalArgumentException e) { // also where it is no number
      throw wrong("a threshold is a number from 0 to 1, or auto; give 0.5, for example");
    }
  }

  private ConfigException wrong(String why) {
    return ConfigException.of("--threshold " + text, why);
  }
}
