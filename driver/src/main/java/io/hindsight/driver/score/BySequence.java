package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.BaselineErrors;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What simple forecasts reach on each of some sequences. */
final class BySequence {
  private final BaselineMethods methods;
  private final Map<String, BaselineErrors> errors = new HashMap<>();

  private BySequence(BaselineMethods methods) {
    this.methods = methods;
  }

  static BySequence of(BaselineMethods methods, Forecast truth, WindowBlocks windows) {
    BySequence sums = new BySequence(methods);
    for (Window window : windows) {
      BaselineErrors of =
          sums.errors.computeIfAbsent(window.sequence().id(), id -> new BaselineErrors());
      methods.add(of, truth, WindowBlocks.of(List.of(window)));
    }
    return sums;
  }

  /** All together. */
  void addTo(BaselineErrors sum) {
    errors.values().forEach(sum::merge);
  }

  /** Those of one sequence. */
  Baselines of(String id) {
    return Baselines.of(methods.result(errors.get(id)), true, true);
  }
}
