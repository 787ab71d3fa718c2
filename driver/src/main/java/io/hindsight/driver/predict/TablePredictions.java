package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.answer.Answers;
import io.hindsight.driver.data.DataNotes;
import io.hindsight.driver.spark.session.Sessions;

/** Answers of a stored model to new data, as rows of a table. */
public final class TablePredictions {
  /**
   * What was written.
   *
   * @param rows all of them
   * @param unanswered the sequences without an answer, each of one row
   */
  public record Written(long rows, long unanswered) {}

  private TablePredictions() {}

  /**
   * Predicts for every step, or for every sequence where the model answers at the last step.
   *
   * <p>A row holds {@code sequence} and {@code time} (of the newest value that was read; the answer
   * is for {@code horizon} steps later), and per target the predicted value, or the class and its
   * probability, or the labels' probabilities; {@code target_time}, where the steps of the horizon
   * are known in time; and last {@code reason}, which is empty. A sequence that cannot be answered
   * to has one row, whose answer is empty and whose reason tells why.
   *
   * @param model loaded with the new data's path
   * @param output a path or URI that ends in {@code .csv} or {@code .jsonl}; must not exist
   * @return rows and sequences without an answer
   * @throws DataException if the data cannot be read or encoded, or the output exists; nothing is
   *     left at the output then
   */
  public static Written run(ModelBundle model, String output) {
    Encoding.Table encoding = encoding(model);
    PredictionWriter.requireNew(output);
    try (Sessions session = Sessions.forRun(model.config())) {
      EncodedInputs inputs = read(model);
      try (PredictionWriter writer = PredictionWriter.open(output)) {
        AnswerFile file = new AnswerFile(encoding, inputs.hasTargetTimes());
        Answers answers = new Answers(answering(model), inputs.each().iterator());
        long rows = 0;
        for (; answers.hasNext(); rows++) {
          writer.write(file.row(answers.next()));
        }
        writer.finish();
        return new Written(rows, inputs.omissions().leftOut().size());
      }
    }
  }

  private static Encoding.Table encoding(ModelBundle model) {
    if (model.encoding() instanceof Encoding.Table table) {
      return table;
    }
    throw new DataException(
        "only a model of a table predicts",
        model.kindOfData(),
        model.location(),
        "use sample for text, evaluate for generated tasks");
  }

  private static EncodedInputs read(ModelBundle model) {
    EncodedInputs inputs =
        DataReader.inputs(model.config().data(), model.encoding(), model.config().seed());
    DataNotes.log(inputs.omissions());
    return inputs;
  }

  private static AnsweringModel answering(ModelBundle model) {
    return new AnsweringModel(
        model.parameters(), encoding(model), model.config().training().bptt());
  }
}
