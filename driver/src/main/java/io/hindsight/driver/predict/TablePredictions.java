package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.LeftOut;
import io.hindsight.datasets.encoded.EncodedInputs;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.data.DataNotes;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.network.OutputSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers of a stored model to new data, as rows of a table. */
public final class TablePredictions {
  private static final String PROBABILITY = "probability";
  private static final String TARGET_TIME = "target_time";
  private static final String REASON = "reason";

  /**
   * What was written.
   *
   * @param rows all of them
   * @param unanswered the sequences without an answer, each of one row
   */
  public record Written(long rows, int unanswered) {}

  private final ModelBundle model;
  private final EncodedInputs inputs;
  private final Encoding.Table encoding;
  private final PredictionWriter writer;
  private final boolean lastStepOnly;
  private final String reason; // column
  private long rows;

  private TablePredictions(ModelBundle model, EncodedInputs inputs, PredictionWriter writer) {
    this.model = model;
    this.inputs = inputs;
    this.encoding = (Encoding.Table) model.encoding();
    this.writer = writer;
    lastStepOnly = model.network().output().at() == OutputSpec.At.LAST_STEP;
    reason = columns().contains(REASON) ? REASON + "_" : REASON; // an answer may have the name
  }

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
      DataNotes.log(inputs.omissions());
      try (PredictionWriter writer = PredictionWriter.open(output)) {
        TablePredictions prediction = new TablePredictions(model, inputs, writer);
        prediction.writeAll();
        writer.finish();
        return new Written(prediction.rows, inputs.omissions().leftOut().size());
      }
    }
  }

  /** Sequences in the order of their ids, whether they are answered to or not. */
  private void writeAll() {
    Deque<LeftOut> leftOut = new ArrayDeque<>(inputs.omissions().leftOut());
    BpttConfig bptt = model.config().training().bptt();
    Predictor predictor = new Predictor(model.parameters());
    for (Sequence whole : inputs.sequences()) {
      while (!leftOut.isEmpty() && IdOrder.UTF_8.compare(leftOut.peek().id(), whole.id()) < 0) {
        write(leftOut.poll());
      }
      WindowBlocks windows =
          RunData.answering(
              WindowBlocks.whole(List.of(whole)), bptt, model.network().output().at());
      for (int block = 0; block < windows.blocks(); block++) {
        List<Window> lanes = windows.block(block);
        List<double[]> outputs = predictor.predictWindows(lanes);
        for (int i = 0; i < lanes.size(); i++) {
          write(lanes.get(i), outputs.get(i));
        }
      }
    }
    leftOut.forEach(this::write);
  }

  /** Writes why a sequence has no answer. */
  private void write(LeftOut sequence) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("sequence", sequence.id());
    row.put("time", sequence.time());
    columns().forEach(column -> row.put(column, null));
    if (inputs.hasTargetTimes()) {
      row.put(TARGET_TIME, "");
    }
    row.put(reason, sequence.why());
    writer.write(row);
    rows++;
  }

  /**
   * Writes the answers of one window.
   *
   * @param outputs (T, O), or (O) where only the last step is answered
   */
  private void write(Window window, double[] outputs) {
    Sequence whole = window.sequence();
    int width = model.network().output().size();
    int first = lastStepOnly ? window.steps() - 1 : window.scoredFrom();
    for (int t = first; t < window.steps(); t++) {
      int from = lastStepOnly ? 0 : t * width;
      int step = window.start() + t;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("sequence", whole.id());
      row.put("time", inputs.time(whole, step));
      answer(row, whole, step, Arrays.copyOfRange(outputs, from, from + width));
      inputs.targetTime(whole, step).ifPresent(time -> row.put(TARGET_TIME, time));
      row.put(reason, null);
      writer.write(row);
      rows++;
    }
  }

  private void answer(Map<String, Object> row, Sequence whole, int step, double[] output) {
    switch (encoding.targetKind()) {
      case CLASS -> {
        int best = Scores.largest(output);
        row.put(encoding.targets().get(0), encoding.labels().orElseThrow().name(best));
        row.put(PROBABILITY, output[best]);
      }
      case MULTILABEL -> putAll(row, output);
      case VALUE -> putAll(row, decoded(whole, step, output));
    }
  }

  private double[] decoded(Sequence whole, int step, double[] output) {
    Optional<Forecast> forecast = inputs.forecast();
    double[] values = output.clone();
    for (int o = 0; forecast.isPresent() && o < values.length; o++) {
      values[o] = forecast.get().decode(whole, step, o, output[o]);
    }
    return values;
  }

  private void putAll(Map<String, Object> row, double[] values) {
    List<String> columns = columns();
    for (int o = 0; o < values.length; o++) {
      row.put(columns.get(o), values[o]);
    }
  }

  /**
   * The columns of an answer: a class and its probability, or one column per output, named by its
   * target column, with an index where one column has many.
   */
  private List<String> columns() {
    List<String> targets = encoding.targets();
    if (encoding.targetKind() == TargetKind.CLASS) {
      return List.of(targets.get(0), PROBABILITY);
    }
    int width = model.network().output().size();
    return targets.size() == width
        ? targets
        : IntStream.range(0, width).mapToObj(o -> targets.get(0) + "_" + o).toList();
  }
}
