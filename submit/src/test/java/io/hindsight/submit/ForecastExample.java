package io.hindsight.submit;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.kernels.serving.PredictorState;
import io.hindsight.kernels.serving.StepPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The example of the README: forecasts the next month of a model made by conf/quickstart.yaml. */
public final class ForecastExample {
  private static final int MONTHS = 48; // the preset's window

  private ForecastExample() {}

  /**
   * Prints the forecast; arguments are a model's directory and a file like datasets/data/co2.csv.
   */
  public static void main(String[] args) throws IOException {
    System.out.println(nextMonth(args[0], lastMonths(Path.of(args[1]))));
  }

  static double nextMonth(String directory, double[] ppm) throws IOException {
    StoredModel model = new ModelStore().load(directory); // verified against its manifest
    Encoding.Table table = (Encoding.Table) Encoding.fromJson(model.description().encoding());
    Scaling.Column input = table.inputScaling().column(0);
    Scaling.Column target = table.targetScaling().orElseThrow().column(0);
    StepPredictor predictor = new StepPredictor(model.parameters());
    PredictorState state = predictor.newState();
    double[] output = {};
    for (int month = 1; month < ppm.length; month++) { // this model reads and answers changes
      double change = ppm[month] - ppm[month - 1];
      output = predictor.step(new double[] {input.normalize(change)}, state);
    }
    return ppm[ppm.length - 1] + target.denormalize(output[0]);
  }

  /** The last column of the last rows, in parts per million. */
  static double[] lastMonths(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    return lines.subList(lines.size() - MONTHS, lines.size()).stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
        .toArray();
  }
}
