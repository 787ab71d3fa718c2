package io.hindsight.datasets.fit;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.encoding.SideEncoding;
import io.hindsight.datasets.missing.Filling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.time.TimeSteps;
import java.util.List;
import java.util.Optional;

/**
 * Encodings of a table that say what is to be fitted, and to which columns, but hold no numbers
 * yet.
 */
final class UnfittedEncoding {
  private static final Labels ANY = new Labels(List.of("any"));

  private UnfittedEncoding() {}

  /**
   * An encoding that is fitted to nothing yet: its classes mean nothing, and a step reads all
   * numbers of its own row.
   */
  static Encoding.Table of(TableSpec spec, TableData data, TimeSteps timeSteps) {
    TargetKind kind = spec.target().kind();
    Scale values = spec.names().side().counts() ? Scale.COUNT : spec.scaling().scale();
    Scale targetScale = kind == TargetKind.VALUE ? values : Scale.NONE;
    boolean classes = kind.isOfClasses();
    return new Encoding.Table(
        spec.columns().numbers(),
        spec.names().targets(),
        kind,
        spec.target().horizon(),
        spec.scaling().difference(),
        data.labelled(),
        unfitted(data.features(), spec.columns().numbers(), spec.scaling().scale()),
        classes
            ? Optional.empty()
            : Optional.of(
                unfitted(data.targets(), spec.names().targets(), targetScale)
                    .ofTargets(spec.scaling().transform())),
        classes ? Optional.of(ANY) : Optional.empty(),
        timeSteps,
        SideEncoding.unfitted(spec.names().side(), ofStatics(spec.scaling().scale())),
        Filling.unfitted(spec.missing().inputs(), spec.columns().numbers(), data.features()),
        spec.scaling().by());
  }

  /** Where no sequence has values, not even the width of vectors is known; all are left out. */
  private static Scaling unfitted(List<String> names, List<String> columns, Scale scale) {
    return Scaling.unfitted(names.isEmpty() ? columns : names, scale);
  }

  /** A model's encoding without what it was fitted to. */
  static Encoding.Table of(Encoding.Table kept) {
    return new Encoding.Table(
        kept.columns().numbers(),
        kept.targets(),
        kept.targetKind(),
        kept.horizon(),
        kept.difference(),
        kept.labelled(),
        kept.inputScaling().unfitted(),
        kept.targetScaling().map(Scaling::unfitted),
        kept.labels().map(labels -> ANY),
        kept.timeSteps(),
        kept.side().unfitted(),
        kept.filling().unfitted(),
        kept.scaleBy());
  }

  /** A sequence has one of each, which no mean of its steps scales. */
  private static Scale ofStatics(Scale scale) {
    return scale == Scale.MEAN ? Scale.STANDARDIZE : scale;
  }
}
