package io.hindsight.driver.train;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataReader;
import io.hindsight.datasets.EncodedInputs;
import io.hindsight.datasets.Encoding;
import io.hindsight.datasets.Forecast;
import io.hindsight.datasets.Windows;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.engine.Sessions;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers of a stored model to new data, as rows of a table. */
public final class Prediction {
  private static final int GROUP = 64;

  private final ModelBundle model;
  private final EncodedInputs inputs;
  private final Encoding.Table encoding;
  private final PredictionWriter writer;
  private final boolean lastStepOnly;
  private long rows;

  private Prediction(ModelBundle model, EncodedInputs inputs, PredictionWriter writer) {
    this.model = model;
    this.inputs = inputs;
    this.encoding = (Encoding.Table) model.encoding();
    this.writer = writer;
    lastStepOnly = model.network().output().at() == OutputSpec.At.LAST_STEP;
  }

  /**
   * Predicts for every step, or for every sequence where the model answers at the last step.
   *
   * <p>A row holds {@code sequence} and {@code time} (of the newest value that was read; the answer
   * is for {@code horizon} steps later), and per target the predicted value, or the class and its
   * probability, or the labels' probabilities; and {@code target_time}, where the steps of the
   * horizon are known in time.
   *
   * @param model loaded with the new data's path
   * @param output a path or URI that ends in {@code .csv} or {@code .jsonl}; must not exist
   * @return rows written
   * @throws DataException if the data cannot be read or encoded, or the output exists; nothing is
   *     left at the output then
   */
  public static long run(ModelBundle model, String output) {
    if (!(model.encoding() instanceof Encoding.Table)) {
      throw new DataException(
          "only a model of a table predicts",
          model.kindOfData(),
          model.location(),
          "use sample for text, evaluate for generated tasks");
    }
    PredictionWriter.requireNew(output);
    try (Sessions session = Sessions.forRun(model.config())) {
      EncodedInputs inputs =
          DataReader.inputs(model.config().data(), model.encoding(), model.config().seed());
      try (PredictionWriter writer = PredictionWriter.open(output)) {
        Prediction prediction = new Prediction(model, inputs, writer);
        prediction.writeAll();
        writer.finish();
        return prediction.rows;
      }
    }
  }

  private void writeAll() {
    TrainingConfig.Bptt bptt = model.config().training().bptt();
    Predictor predictor = new Predictor(model.parameters());
    for (Sequence whole : inputs.sequences()) {
      List<Sequence> pieces =
          RunData.answering(List.of(whole), bptt, model.network().output().at());
      for (int from = 0; from < pieces.size(); from += GROUP) {
        List<Sequence> group = pieces.subList(from, Math.min(pieces.size(), from + GROUP));
        List<double[]> outputs = predictor.predict(group);
        for (int i = 0; i < group.size(); i++) {
          write(whole, group.get(i), outputs.get(i));
        }
      }
    }
  }

  /**
   * Writes the answers of one piece.
   *
   * @param outputs (T, O), or (O) where only the last step is answered
   */
  private void write(Sequence whole, Sequence piece, double[] outputs) {
    int start = piece.id().equals(whole.id()) ? 0 : Windows.start(piece.id());
    int width = model.network().output().size();
    int first = lastStepOnly ? piece.length() - 1 : piece.firstTarget();
    for (int t = first; t < piece.length(); t++) {
      int from = lastStepOnly ? 0 : t * width;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("sequence", whole.id());
      row.put("time", inputs.time(whole, start + t));
      answer(row, piece, t, Arrays.copyOfRange(outputs, from, from + width));
      inputs.targetTime(whole, start + t).ifPresent(time -> row.put("target_time", time));
      writer.write(row);
      rows++;
    }
  }

  private void answer(Map<String, Object> row, Sequence piece, int t, double[] output) {
    List<String> targets = encoding.targets();
    switch (encoding.targetKind()) {
      case CLASS -> {
        int best = Scores.largest(output);
        row.put(targets.get(0), encoding.labels().orElseThrow().name(best));
        row.put("probability", output[best]);
      }
      case MULTILABEL -> putAll(row, targets, output);
      case VALUE -> putAll(row, targets, decoded(piece, t, output));
    }
  }

  private double[] decoded(Sequence piece, int t, double[] output) {
    Optional<Forecast> forecast = inputs.forecast();
    double[] values = output.clone();
    for (int o = 0; forecast.isPresent() && o < values.length; o++) {
      values[o] = forecast.get().decode(piece, t, o, output[o]);
    }
    return values;
  }

  /** One column per output, named by its target column, with an index where one column has many. */
  private static void putAll(Map<String, Object> row, List<String> targets, double[] values) {
    for (int o = 0; o < values.length; o++) {
      String name = targets.size() == values.length ? targets.get(o) : targets.get(0) + "_" + o;
      row.put(name, values[o]);
    }
  }
}
