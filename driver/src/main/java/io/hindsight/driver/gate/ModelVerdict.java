package io.hindsight.driver.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Blessing.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate says of a model.
 *
 * @param passed whether it may become the champion
 * @param unchanged whether it is the champion itself, which is neither a win nor a fault
 * @param checks everything that was measured, passed or not
 * @param reasons why it did not pass, for people; empty if it did
 * @param candidate its figures
 * @param champion those of the champion on the same targets; empty in a first run
 * @param holdout what both were scored on
 */
public record ModelVerdict(
    boolean passed,
    boolean unchanged,
    List<Check> checks,
    List<String> reasons,
    ObjectNode candidate,
    ObjectNode champion,
    ObjectNode holdout) {
  static final String METRIC = "metric";

  public ModelVerdict {
    checks = List.copyOf(checks);
    reasons = List.copyOf(reasons);
  }

  /** The figure that decided, by the name that it has among those of {@code evaluate}. */
  public String metric() {
    return holdout.get(METRIC).asText();
  }

  /**
   * Both verdicts in one.
   *
   * @param data of the window that the model was trained on
   */
  public Blessing blessing(DataVerdict data) {
    List<Check> all = new ArrayList<>(data.checks());
    all.addAll(checks);
    List<String> why = new ArrayList<>(data.reasons());
    why.addAll(reasons);
    return new Blessing(data.passed() && passed, why, all, candidate, champion, holdout);
  }

  /** What is written where the data did not pass, so that no model was trained. */
  public static Blessing refused(DataVerdict data) {
    return new Blessing(
        false, data.reasons(), data.checks(), Json.object(), Json.object(), Json.object());
  }
}
