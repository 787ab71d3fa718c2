package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.GateConfig;
import io.hindsight.driver.config.GateConfig.Baseline;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code gate} section: what a retraining must pass. */
final class GateSection {
  private static final String NONE = "none";
  private static final Range LEVEL = Range.between(0.5, 0.9999);

  private final DataSpec data;
  private final boolean values; // rather than classes or labels

  private GateSection(DataSpec data, ModelConfig model) {
    this.data = data;
    this.values = model.loss().targetsAreValues();
  }

  /** Reads the section of a run on this data. */
  static GateConfig read(Section root, DataSpec data, ModelConfig model) {
    Section gate = root.section("gate");
    return new GateConfig(
        data(gate.section("data")), new GateSection(data, model).model(gate.section("model")));
  }

  private static GateConfig.Data data(Section data) {
    SectionNumbers numbers = new SectionNumbers(data);
    GateConfig.Data usual = GateConfig.Data.DEFAULT;
    List<Double> ratio = ratio(data, numbers);
    return new GateConfig.Data(
        ratio.get(0),
        ratio.get(1),
        freshness(data),
        share(numbers, "null-rate", usual.nullRate()),
        share(numbers, "drift", usual.drift()),
        share(numbers, "label-shift", usual.labelShift()),
        share(numbers, "lost-sequences", usual.lostSequences()),
        numbers.whole("min-rows", Range.atLeast(0)).orElse(usual.minRows()));
  }

  private static double share(SectionNumbers numbers, String key, double usual) {
    return numbers.number(key, Range.between(0, 1)).orElse(usual);
  }

  private static List<Double> ratio(Section data, SectionNumbers numbers) {
    List<Double> usual =
        List.of(GateConfig.Data.DEFAULT.leastRatio(), GateConfig.Data.DEFAULT.mostRatio());
    List<Double> given = numbers.numbers("rows-ratio", Range.NOT_NEGATIVE, "0.5, 2.0");
    if (given.isEmpty()) {
      return usual;
    }
    if (given.size() != 2 || given.get(0) >= 1 || given.get(1) <= 1) {
      data.problem(
          "rows-ratio",
          given + " is no number below 1 and one above",
          "give the two limits of rows per row of the last runs, as in [0.5, 2.0]");
      return usual;
    }
    return given;
  }

  private static Optional<Duration> freshness(Section data) {
    Optional<String> text = data.text("freshness");
    try {
      Optional<Duration> freshness = text.map(Duration::parse);
      if (freshness.isEmpty() || !freshness.get().isNegative()) {
        return freshness;
      }
    } catch (DateTimeException e) {
      // told below, as a negative one is
    }
    data.problem(
        "freshness",
        "'" + text.get() + "' is no duration",
        "write it as in PT24H for 24 hours, or P7D for 7 days");
    return Optional.empty();
  }

  private GateConfig.Model model(Section model) {
    SectionNumbers numbers = new SectionNumbers(model);
    List<Metric> fitting = values ? errors() : List.of(Metric.ACCURACY, Metric.LOSS);
    Optional<Metric> stated = metric(model, fitting);
    Metric metric = stated.orElse(data instanceof TextSpec ? Metric.LOSS : fitting.get(0));
    Optional<Double> atMost = numbers.number("at-most", Range.NOT_NEGATIVE);
    Optional<Double> atLeast = numbers.number("at-least", Range.between(0, 1));
    String right = metric.isError() ? "at-most" : "at-least";
    String wrong = metric.isError() ? "at-least" : "at-most";
    model.refuse(wrong, "does not fit the metric " + Words.of(metric), "use " + right);
    Optional<String> golden = model.text("golden");
    golden.ifPresent(location -> Secrets.refuseLocation(model, "golden", location));
    return new GateConfig.Model(
        stated,
        atMost,
        atLeast,
        beats(model),
        numbers.number("champion-margin", Range.FRACTION).orElse(GateConfig.Model.DEFAULT_MARGIN),
        numbers.number("champion-decay", Range.atLeast(1)).orElse(GateConfig.Model.DEFAULT_DECAY),
        numbers
            .number("negligible", Range.NOT_NEGATIVE)
            .orElse(GateConfig.Model.DEFAULT_NEGLIGIBLE),
        numbers.number("tolerance", Range.NOT_NEGATIVE).orElse(GateConfig.Model.DEFAULT_TOLERANCE),
        numbers.number("confidence", LEVEL).orElse(GateConfig.Model.DEFAULT_CONFIDENCE),
        golden,
        numbers.number("slices", Range.NOT_NEGATIVE));
  }

  /** Errors are scaled by the training part that a sequence has, if it has one. */
  private List<Metric> errors() {
    boolean scales =
        data instanceof TableSpec table
            && table.target().horizon().steps() > 0
            && table.split().by() != Split.By.ID;
    return scales
        ? List.of(Metric.RMSE, Metric.MAE, Metric.MASE)
        : List.of(Metric.RMSE, Metric.MAE);
  }

  private Optional<Metric> metric(Section model, List<Metric> fitting) {
    Optional<Metric> metric = model.choice("metric", Metric.class);
    if (metric.isPresent() && !fitting.contains(metric.get())) {
      model.problem(
          "metric",
          Words.of(metric.get())
              + " does not fit targets that are "
              + (values
                  ? metric.get() == Metric.MASE ? "no forecasts of known sequences" : "values"
                  : "classes or labels"),
          "use " + String.join(" or ", fitting.stream().map(Words::of).toList()));
      return Optional.empty();
    }
    return metric;
  }

  private Optional<List<Baseline>> beats(Section model) {
    List<String> words = model.textOrTexts("beats");
    if (words.isEmpty() || words.equals(List.of(NONE))) {
      return words.isEmpty() ? Optional.empty() : Optional.of(List.of());
    }
    List<Baseline> beats = new ArrayList<>();
    List<String> known = fitting().stream().map(Words::of).toList();
    for (String word : words) {
      if (known.contains(word)) {
        beats.add(Words.constant(Baseline.class, word));
      } else {
        String remedy = "use none" + (known.isEmpty() ? "" : ", or some of " + known);
        model.problem("beats", "'" + word + "' is no baseline of this task", remedy);
      }
    }
    return Optional.of(beats);
  }

  /** The baselines of the task. */
  private List<Baseline> fitting() {
    if (!values) {
      return List.of(Baseline.MAJORITY);
    }
    return data instanceof TableSpec table && table.target().horizon().steps() > 0
        ? List.of(Baseline.LAST_VALUE, Baseline.SEASONAL_NAIVE, Baseline.AUTOREGRESSION)
        : List.of();
  }

  /** Writes the section. */
  static Map<String, Object> write(GateConfig gate) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("data", write(gate.data()));
    section.put("model", write(gate.model()));
    return section;
  }

  private static Map<String, Object> write(GateConfig.Data data) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("rows-ratio", List.of(data.leastRatio(), data.mostRatio()));
    data.freshness().ifPresent(age -> section.put("freshness", age.toString()));
    section.put("null-rate", data.nullRate());
    section.put("drift", data.drift());
    section.put("label-shift", data.labelShift());
    section.put("lost-sequences", data.lostSequences());
    section.put("min-rows", data.minRows());
    return section;
  }

  private static Map<String, Object> write(GateConfig.Model model) {
    Map<String, Object> section = new LinkedHashMap<>();
    model.metric().ifPresent(metric -> section.put("metric", Words.of(metric)));
    model.atMost().ifPresent(limit -> section.put("at-most", limit));
    model.atLeast().ifPresent(limit -> section.put("at-least", limit));
    model
        .beats()
        .ifPresent(
            some ->
                section.put(
                    "beats", some.isEmpty() ? NONE : some.stream().map(Words::of).toList()));
    section.put("champion-margin", model.championMargin());
    section.put("champion-decay", model.championDecay());
    section.put("negligible", model.negligible());
    section.put("tolerance", model.tolerance());
    section.put("confidence", model.confidence());
    model.golden().ifPresent(location -> section.put("golden", location));
    model.slices().ifPresent(most -> section.put("slices", most));
    return section;
  }
}
