package io.hindsight.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets of a recorded run, their weights, and the output that they are of.
 *
 * @param name of the case
 * @param json the whole file
 */
record ParityTargets(String name, JsonNode json) {
  OutputSpec output() {
    OutputSpec.At at = answersLast() ? OutputSpec.At.LAST_STEP : OutputSpec.At.EVERY_STEP;
    JsonNode features = json.path("features");
    List<Double> quantiles = new ArrayList<>();
    features.path("quantiles").forEach(quantile -> quantiles.add(quantile.doubleValue()));
    int elements = json.get("outputSize").intValue() * features.path("horizon").asInt(1);
    OutputSpec output = new OutputSpec(elements, loss(), at, LossOptions.ofQuantiles(quantiles));
    int rows = json.path("headSize").asInt(output.logits());
    if (rows != output.logits()) {
      throw new IllegalArgumentException(name + ": a head of " + rows + " rows for " + output);
    }
    return output;
  }

  private OutputSpec.Loss loss() {
    String loss = json.path("loss").asText("cross_entropy");
    return switch (loss) {
      case "cross_entropy" -> OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY;
      case "mse" -> OutputSpec.Loss.SQUARED_ERROR;
      case "pinball" -> OutputSpec.Loss.PINBALL;
      case "gaussian_nll" -> OutputSpec.Loss.GAUSSIAN;
      case "student_t_nll" -> OutputSpec.Loss.STUDENT_T;
      case "negative_binomial_nll" -> OutputSpec.Loss.NEGATIVE_BINOMIAL;
      case "poisson_nll" -> OutputSpec.Loss.POISSON;
      default -> throw new IllegalArgumentException(name + ": unknown loss " + loss);
    };
  }

  private boolean answersLast() {
    return json.path("target").asText("all").equals("last");
  }

  /** The inputs of sequence b of a batch with its targets and weights. */
  Sequence on(Sequence inputs, JsonNode batch, int b) {
    List<JsonNode> y = new ArrayList<>();
    for (int t = 0; t < inputs.length(); t++) {
      y.add(answersLast() ? batch.get("y").get(b) : batch.get("y").get(t).get(b));
    }
    Sequence sequence = on(inputs, y);
    return json.path("features").has("weights")
        ? sequence.withWeights(weights(sequence, batch, b))
        : sequence;
  }

  /** The inputs of a sequence with the targets of its steps. */
  Sequence on(Sequence inputs, List<JsonNode> y) {
    if (!loss().targetsAreClasses()) {
      return inputs.withTargets(ParityCase.numbers(y));
    }
    return inputs.withClasses(
        y.stream().mapToInt(id -> id.isNull() ? Sequence.NO_CLASS : id.intValue()).toArray());
  }

  /** The product of what is weighted; 1 where a class is missing. */
  private double[] weights(Sequence sequence, JsonNode batch, int b) {
    double[] weights = new double[sequence.length()];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = batch.path("weightSequence").path(b).asDouble(1);
      weights[t] *= batch.path("weightStep").path(t).path(b).asDouble(1);
      if (json.has("weightClass") && !sequence.lacksTarget(t)) {
        weights[t] *= json.get("weightClass").get(sequence.classes()[t]).doubleValue();
      }
    }
    return weights;
  }
}
