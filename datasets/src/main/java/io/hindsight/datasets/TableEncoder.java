package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.kernels.batch.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns sequences of a table into what a network reads: logarithm, then difference, then shift and
 * divisor; targets taken from h steps ahead, so that N values give N − h targets, and one fewer
 * with differences.
 */
final class TableEncoder {
  private final Encoding.Table encoding;
  private final Map<String, Integer> classIds = new HashMap<>();

  TableEncoder(Encoding.Table encoding) {
    this.encoding = encoding;
    encoding
        .labels()
        .ifPresent(l -> l.names().forEach(name -> classIds.put(name, classIds.size())));
  }

  /** The sequences with their targets; the last h steps, which have none, are dropped. */
  List<Sequence> withTargets(List<RawSequence> sequences) {
    return sequences.stream().map(this::withTargets).toList();
  }

  /** The sequences without targets, to their last step. */
  List<Sequence> inputsOnly(List<RawSequence> sequences) {
    return sequences.stream()
        .map(raw -> Sequence.ofFeatures(raw.id(), features(raw, steps(raw, 0)), steps(raw, 0)))
        .toList();
  }

  private Sequence withTargets(RawSequence raw) {
    int steps = steps(raw, encoding.horizon());
    Sequence inputs = Sequence.ofFeatures(raw.id(), features(raw, steps), steps);
    return switch (encoding.targetKind()) {
      case VALUE -> inputs.withTargets(values(raw, steps));
      case MULTILABEL -> inputs.withTargets(probabilities(raw, steps));
      case CLASS -> inputs.withClasses(classes(raw, steps));
    };
  }

  private int steps(RawSequence raw, int horizon) {
    int steps = raw.length() - encoding.offset() - horizon;
    if (steps < 1) {
      throw new DataException(
          "a sequence must have more than %d steps".formatted(encoding.offset() + horizon),
          raw.length() == 0 ? "an empty sequence" : raw.length() + " steps",
          raw.place(),
          "remove the sequence, or use a smaller data.horizon");
    }
    return steps;
  }

  /** x_t, or x_{t+1} − x_t with differences // (T, I). */
  private double[] features(RawSequence raw, int steps) {
    Scaling scaling = encoding.inputScaling();
    double[] transformed = transform(raw, raw.inputs(), scaling);
    int width = scaling.size();
    double[] features = new double[steps * width];
    for (int i = 0; i < features.length; i++) {
      double value =
          encoding.difference() ? transformed[i + width] - transformed[i] : transformed[i];
      features[i] = scaling.column(i % width).normalize(value);
    }
    return features;
  }

  /** y_{t+h}, or y_{t+1+h} − y_{t+1} with differences // (T, O). */
  private double[] values(RawSequence raw, int steps) {
    Scaling scaling = encoding.targetScaling().orElseThrow();
    double[] transformed = transform(raw, raw.numbers(), scaling);
    int width = scaling.size();
    int present = encoding.offset() * width;
    int ahead = present + encoding.horizon() * width;
    double[] values = new double[steps * width];
    for (int i = 0; i < values.length; i++) {
      double change = encoding.answersChanges() ? transformed[i + present] : 0;
      values[i] = scaling.column(i % width).normalize(transformed[i + ahead] - change);
    }
    return values;
  }

  private double[] probabilities(RawSequence raw, int steps) {
    Scaling scaling = encoding.targetScaling().orElseThrow();
    int width = scaling.size();
    int first = (encoding.offset() + encoding.horizon()) * width;
    double[] values = new double[steps * width];
    for (int i = 0; i < values.length; i++) {
      double value = raw.numbers()[first + i];
      if (value < 0 || value > 1) {
        throw new DataException(
            "a multilabel target must be a number in [0, 1]",
            Double.toString(value),
            raw.place((first + i) / width, scaling.column(i % width).name()),
            "correct the label, or use data.target-kind: value");
      }
      values[i] = value;
    }
    return values;
  }

  private int[] classes(RawSequence raw, int steps) {
    int first = encoding.offset() + encoding.horizon();
    int[] classes = new int[steps];
    for (int t = 0; t < steps; t++) {
      String label = raw.labels().get(first + t);
      Integer id = classIds.get(label);
      if (id == null) {
        throw new DataException(
            "a class label must be one of the training part: "
                + classIds.keySet().stream().sorted().toList(),
            DataException.quote(label),
            raw.place(first + t, encoding.targets().get(0)),
            "correct the label, or train on data that holds it");
      }
      classes[t] = id;
    }
    return classes;
  }

  private static double[] transform(RawSequence raw, double[] values, Scaling scaling) {
    double[] transformed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      Scaling.Column column = scaling.column(i % scaling.size());
      if (column.scale() == Scale.LOG && values[i] <= 0) {
        throw new DataException(
            "a column scaled by its logarithm must be positive",
            Double.toString(values[i]),
            raw.place(i / scaling.size(), column.name()),
            "correct the value, or use another data.scale");
      }
      transformed[i] = column.transform(values[i]);
    }
    return transformed;
  }

  /** Numeric targets in original units, by sequence; absent unless targets are values. */
  Optional<Forecast> forecast(List<RawSequence> sequences) {
    if (encoding.targetKind() != TargetKind.VALUE) {
      return Optional.empty();
    }
    Map<String, double[]> series = new HashMap<>();
    for (RawSequence raw : sequences) {
      if (raw.numbers() != null) {
        series.put(raw.id(), raw.numbers());
      }
    }
    return Optional.of(new Forecast(encoding, series));
  }
}
