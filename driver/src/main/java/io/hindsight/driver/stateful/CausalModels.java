package io.hindsight.driver.stateful;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.ScaleBy;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.config.ConfigException;
import java.util.Optional;

/** Which models have an answer at a row that does not depend on rows behind it. */
public final class CausalModels {
  private CausalModels() {}

  /**
   * Refuses a model that has none.
   *
   * @param place of the model, for the error
   * @throws ConfigException if it must know more than the rows so far
   */
  public static void require(AnsweringModel model, String place) {
    obstacle(model)
        .ifPresent(
            why -> {
              throw ConfigException.of(
                  place,
                  "rows of a stream are answered by those before them, but %s; answer whole sequences with SequenceModel"
                      .formatted(why));
            });
  }

  private static Optional<String> obstacle(AnsweringModel model) {
    if (model.network().readsBothWays()) {
      return Optional.of("the model has bidirectional layers, which read the rows behind, too");
    }
    if (model.network().output().loss().targetsAreStrings()) {
      return Optional.of("the model answers a string of labels of a whole sequence");
    }
    return ofEncoding(model.encoding()).or(() -> ofTimes(model.encoding().timeSteps().inputs()));
  }

  private static Optional<String> ofEncoding(Encoding.Table encoding) {
    if (encoding.horizon().isRecursive()) {
      return Optional.of("data.strategy: recursive goes on from the end of a sequence");
    }
    if (!encoding.side().future().isEmpty()) {
      return Optional.of("data.future is known of the rows behind the last");
    }
    if (encoding.scaleBy().isWindow() && encoding.difference() && !encoding.filling().isNone()) {
      return Optional.of(
          "data.scale-by: window of changes, with data.missing, scales by the last change that is known, however long ago");
    }
    return encoding.scaleBy().kind() == ScaleBy.Kind.SEQUENCE
        ? Optional.of("data.scale-by: sequence scales by all rows of a sequence")
        : Optional.empty();
  }

  private static Optional<String> ofTimes(TimeInputs inputs) {
    if (inputs.frequency().isPresent()) {
      return Optional.of("data.frequency puts rows of a sequence on a grid, and may put some in");
    }
    boolean ofCalendar =
        inputs.elapsed().map(TimeStep::unit).filter(CausalModels::isCounted).isPresent();
    return ofCalendar
        ? Optional.of("data.elapsed counts months or some days of the week from the first row")
        : Optional.empty();
  }

  private static boolean isCounted(TimeStep.Unit unit) {
    return unit == TimeStep.Unit.MONTHS || unit == TimeStep.Unit.WEEKDAYS;
  }
}
