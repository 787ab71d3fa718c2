package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Vocabulary;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.driver.score.kind.ClassScores;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.serving.PredictorState;
import io.hindsight.kernels.serving.StepPredictor;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes text with a character model: one character at a time, each read back as the next input.
 */
public final class Sampling {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

  private Sampling() {}

  /**
   * Continues a text.
   *
   * @param prime what the model reads first; at least one character
   * @param length characters to write
   * @param temperature 1 draws from the model's probabilities, less is safer, 0 takes the likeliest
   * @param seed equal seeds write equal texts
   * @return the characters after the prime, all of them known ones
   * @throws DataException if the model is no character model, or does not know a character and
   *     {@code data.unknown} refuses it
   */
  public static String write(
      ModelBundle model, String prime, int length, double temperature, long seed) {
    Vocabulary vocabulary = vocabulary(model);
    StepPredictor predictor = new StepPredictor(model.parameters());
    PredictorState state = predictor.newState();
    double[] next = new double[predictor.outputs()];
    for (int token : encode(vocabulary, prime, unknown(model))) {
      predictor.step(token, state, next);
    }
    StringBuilder text = new StringBuilder();
    for (int position = 0; position < length; position++) {
      double u = CounterRandom.of(seed, CounterRandom.Purpose.SAMPLING, position).nextDouble();
      // The token of unknown characters is last, and is never written.
      int token = draw(Arrays.copyOf(next, vocabulary.known()), temperature, u);
      text.append(vocabulary.decode(token));
      predictor.step(token, state, next);
    }
    return text.toString();
  }

  private static Vocabulary vocabulary(ModelBundle model) {
    if (model.encoding() instanceof Encoding.Text text) {
      return text.vocabulary();
    }
    throw new DataException(
        "only a character model writes text",
        model.kindOfData(),
        model.location(),
        "train one with conf/char-lm.yaml");
  }

  private static Unknown unknown(ModelBundle model) {
    return model.config().data() instanceof TextSpec text ? text.unknown() : Unknown.REFUSE;
  }

  private static int[] encode(Vocabulary vocabulary, String prime, Unknown unknown) {
    if (prime.isEmpty()) {
      throw new DataException(
          "the prime needs at least one character", "''", "--prime", "give it a first character");
    }
    int[] tokens = vocabulary.encode(prime, "--prime", unknown);
    long nothing = Arrays.stream(tokens).filter(token -> token == Sequence.NO_TOKEN).count();
    if (nothing > 0) {
      LOG.warn(
          "{} of the {} characters of --prime are read as nothing, for training did not see them"
              + " (data.unknown: skip)",
          nothing,
          tokens.length);
    }
    return tokens;
  }

  /**
   * The token at a point of the cumulated distribution p^(1/temperature).
   *
   * @param p (V), probabilities
   * @param u in [0, 1)
   */
  static int draw(double[] p, double temperature, double u) {
    if (temperature == 0) {
      return ClassScores.largest(p);
    }
    double[] weights = new double[p.length];
    double sum = 0;
    double best = ScalarMath.log(p[ClassScores.largest(p)]);
    for (int token = 0; token < p.length; token++) {
      weights[token] = ScalarMath.exp((ScalarMath.log(p[token]) - best) / temperature);
      sum += weights[token];
    }
    double point = u * sum;
    for (int token = 0; token < p.length; token++) {
      point -= weights[token];
      if (point < 0) {
        return token;
      }
    }
    return ClassScores.largest(p);
  }
}
