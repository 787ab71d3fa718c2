package io.hindsight.driver.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Further;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import io.hindsight.driver.score.rank.Calibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation for programs: what {@code evaluate --json} prints. */
public final class EvaluationJson {
  private EvaluationJson() {}

  /** One object; a number that JSON cannot write is null. */
  public static ObjectNode of(Evaluation.Report report) {
    return of(report, Optional.empty(), Optional.empty());
  }

  /**
   * The same, with which model was scored.
   *
   * @param version of the registry; absent without one
   * @param parentSha256 weights that the model was trained further from; absent if the seed began
   */
  public static ObjectNode of(
      Evaluation.Report report, Optional<String> version, Optional<String> parentSha256) {
    ObjectNode root = Json.object();
    version.ifPresent(id -> root.put("version", id));
    parentSha256.ifPresent(hash -> root.put("parent_sha256", hash));
    root.put("part", report.part());
    root.put("targets", report.targets());
    put(root, report.metrics());
    if (!report.baselines().isEmpty()) {
      put(root.putObject("baselines"), report.baselines());
    }
    putFurther(root, report.further());
    if (report.answered().values().stream().anyMatch(count -> count < report.targets())) {
      report.answered().forEach(root.putObject("baseline_targets")::put);
    }
    report.spacing().ifPresent(spacing -> root.set("spacing", spacing.toJson()));
    putDetails(root, report.details());
    putHorizons(root, report);
    return root;
  }

  private static void putFurther(ObjectNode root, Further further) {
    if (!further.baselines().isEmpty()) {
      ObjectNode baselines = root.putObject("baseline_metrics");
      further
          .baselines()
          .forEach(
              (name, of) -> {
                Map<String, Double> errors = new LinkedHashMap<>();
                errors.put("rmse", of.rmse());
                errors.put("mae", of.mae());
                errors.put("mase", of.mase());
                put(baselines.putObject(name), errors);
              });
    }
    further.positive().ifPresent(name -> root.put("positive_class", name));
    if (!further.calibration().isEmpty()) {
      ArrayNode bins = root.putArray("calibration");
      for (Calibration.Bin bin : further.calibration()) {
        ObjectNode node = bins.addObject().put("from", bin.from()).put("to", bin.to());
        node.put("targets", bin.targets());
        node.put("confidence", bin.confidence()).put("accuracy", bin.accuracy());
      }
    }
  }

  private static void putDetails(ObjectNode root, Details details) {
    if (!details.byTarget().isEmpty()) {
      ObjectNode byTarget = root.putObject("by_target");
      details.byTarget().forEach((name, of) -> put(byTarget.putObject(name), values(of)));
    }
    if (!details.byClass().isEmpty()) {
      ObjectNode byClass = root.putObject("by_class");
      details
          .byClass()
          .forEach(
              (name, of) -> {
                ObjectNode figures = byClass.putObject(name);
                put(figures, values(of));
                figures.put("support", of.support());
              });
    }
    if (!details.confusion().isEmpty()) {
      ArrayNode rows = root.putArray("confusion");
      details.confusion().forEach(row -> row.forEach(rows.addArray()::add));
    }
  }

  private static void putHorizons(ObjectNode root, Evaluation.Report report) {
    List<HorizonErrors> each = report.details().byHorizon();
    if (each.isEmpty()) {
      return;
    }
    ArrayNode horizons = root.putArray("by_horizon");
    for (int h = 0; h < each.size(); h++) {
      ObjectNode node = horizons.addObject().put("step", h + 1);
      put(node, values(each.get(h)));
      ObjectNode baselines = node.putObject("baselines");
      for (var of : report.further().baselines().entrySet()) {
        if (h < of.getValue().byHorizon().size()) {
          put(baselines.putObject(of.getKey()), values(of.getValue().byHorizon().get(h)));
        }
      }
    }
  }

  private static Map<String, Double> values(HorizonErrors errors) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("rmse", errors.rmse());
    values.put("mae", errors.mae());
    values.put("mase", errors.mase());
    return values;
  }

  private static Map<String, Double> values(TargetErrors errors) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("rmse", errors.rmse());
    values.put("mae", errors.mae());
    return values;
  }

  private static Map<String, Double> values(ClassFigures figures) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("precision", figures.precision());
    values.put("recall", figures.recall());
    values.put("f1", figures.f1());
    if (!Double.isNaN(figures.rocAuc())) {
      values.put("roc_auc", figures.rocAuc());
    }
    return values;
  }

  private static void put(ObjectNode node, Map<String, Double> values) {
    values.forEach((name, value) -> node.put(name, Double.isFinite(value) ? value : null));
  }
}
