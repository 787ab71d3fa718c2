package io.hindsight.driver.start;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.StartConfig;
import io.hindsight.driver.config.TrainingConfig.StartEncoding;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.predict.EncodedKeys;
import io.hindsight.driver.predict.InputWords;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.RnnCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a configuration can train a model further, as far as its data need not be read. */
final class Agreement {
  /** Keys of a table that hold also for an encoding that is fitted anew. */
  private static final Set<String> COLUMNS =
      Set.of(
          "data.inputs",
          "data.gaps",
          "data.elapsed",
          "data.calendar",
          "data.categories",
          "data.static",
          "data.weight",
          "data.targets",
          "data.target-kind");

  private final List<String> contradictions = new ArrayList<>();

  private Agreement() {}

  /**
   * Refuses a configuration of another network or of other columns, and one that would encode other
   * than the model where that decides.
   *
   * @throws ConfigException naming every contradiction
   */
  static void require(RunConfig config, StartConfig start, ModelBundle model) {
    Agreement agreement = new Agreement();
    agreement.network(config.model(), model.network());
    agreement.data(config.data(), model.encoding(), start.encoding() == StartEncoding.KEEP);
    if (!agreement.contradictions.isEmpty()) {
      throw ConfigException.of(
          WarmStart.KEY + " " + start.from(),
          "the model cannot be trained further by this configuration: %s; take over what the model has, or leave out %s"
              .formatted(String.join("; ", agreement.contradictions), WarmStart.KEY));
    }
  }

  private void network(ModelConfig config, NetworkSpec network) {
    Optional<Cell> configured = NetworkSpec.plainCell(config.layers());
    Optional<Cell> stored = NetworkSpec.plainCell(network.layers());
    if (configured.isPresent() && stored.isPresent()) {
      same("model.cell", cell(configured.get()), cell(stored.get()));
      same("model.hidden", NetworkSpec.hidden(config.layers()), network.hidden());
    } else {
      same("model.layers", LayerWords.text(config.layers()), LayerWords.text(network.layers()));
    }
    same(
        "the widths by model.embedding",
        InputWords.widths(config.input(network.input())),
        InputWords.widths(network.input()));
    same("model.output.loss", Words.of(config.loss()), Words.of(network.output().loss()));
    if (config.loss() != Loss.SQUARED_ERROR) { // whose quantiles are put around its number
      same(
          "the quantiles of model.output",
          config.options().quantiles(),
          network.output().options().quantiles());
    }
    same("model.output.at", Words.of(config.at()), Words.of(network.output().at()));
  }

  private void data(DataSpec spec, Encoding encoding, boolean keep) {
    if (!kind(spec).equals(kind(encoding))) {
      contradictions.add(
          "data.format names a %s, but the model is one of a %s"
              .formatted(kind(spec), kind(encoding)));
      return;
    }
    boolean refitted = spec instanceof TableSpec && !keep;
    Map<String, Object> configured = EncodedKeys.of(spec);
    EncodedKeys.of(encoding)
        .forEach(
            (key, stored) -> {
              boolean found = key.equals("data.frequency") && isAuto(spec);
              if ((!refitted || COLUMNS.contains(key)) && !found) {
                same(key, configured.get(key), stored);
              }
            });
    if (spec instanceof TableSpec table && encoding instanceof Encoding.Table stored) {
      order(table.target().order(), stored);
    }
  }

  /** Without one, the classes are those of the model, or found to be others when data is read. */
  private void order(List<String> order, Encoding.Table stored) {
    if (!order.isEmpty() && stored.labels().isPresent()) {
      same("data.order", order, stored.labels().get().names());
    }
  }

  /** Whether the frequency is to be found: a model that is kept knows it. */
  private static boolean isAuto(DataSpec spec) {
    return spec instanceof TableSpec table
        && table.timeRules().frequency().filter(Frequency::isAuto).isPresent();
  }

  private void same(String key, Object configured, Object stored) {
    if (!configured.equals(stored)) {
      contradictions.add("%s is %s, but the model's is %s".formatted(key, configured, stored));
    }
  }

  private static String cell(Cell cell) {
    return cell instanceof RnnCell rnn ? "rnn of " + Words.of(rnn.activation()) : cell.name();
  }

  private static String kind(DataSpec spec) {
    return spec instanceof TableSpec
        ? "table"
        : spec instanceof TextSpec ? "text" : "generated task";
  }

  private static String kind(Encoding encoding) {
    return encoding instanceof Encoding.Table
        ? "table"
        : encoding instanceof Encoding.Text ? "text" : "generated task";
  }
}
