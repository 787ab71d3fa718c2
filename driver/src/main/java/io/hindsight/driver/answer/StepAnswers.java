package io.hindsight.driver.answer;

import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.driver.recursive.Continued;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes answers of what a network gave at single steps, whoever computed it: the answers that
 * {@link Answers} has at these steps, or, of a model that answers once, would have if the sequence
 * ended there.
 */
public final class StepAnswers {
  private final AnsweringModel model;
  private final AnswerValues values;

  /** Of a model that answers steps, and reads none of its answers. */
  public StepAnswers(AnsweringModel model) {
    this.model = model;
    values = new AnswerValues(model.encoding(), model.network().output(), model.choice());
  }

  /**
   * The answers at a step: one for each horizon.
   *
   * @param step of the encoded sequence; its last where there are several horizons
   * @param outputs of the network at this step // (A)
   */
  public List<Answer> of(Encoded input, int step, double[] outputs) {
    boolean isSingle = model.encoding().horizon().isSingle();
    List<Answer> answers = new ArrayList<>();
    for (int horizon = 0; horizon < values.horizons(); horizon++) {
      answers.add(
          new Answer(
              input.id(),
              input.times().isEmpty() ? null : input.times().get(step),
              step + model.encoding().offset(),
              isSingle ? null : horizon + model.encoding().horizon().first(),
              values.of(input, step, horizon, Continued.of(outputs), 0),
              targetTime(input, isSingle ? step : horizon),
              null));
    }
    return answers;
  }

  private static String targetTime(Encoded input, int at) {
    List<String> times = input.targetTimes();
    return times.isEmpty() || times.get(at).isEmpty() ? null : times.get(at);
  }

  /**
   * The place of an answer that there is none of.
   *
   * @param why the reason
   */
  public Answer none(String id, String time, String why) {
    return new Answer(id, time, null, null, values.none(), null, why);
  }
}
