package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.EvaluationJson;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Further;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import io.hindsight.driver.score.rank.Calibration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An evaluation as people and programs read it. */
class ReportTextTest {
  @Test
  void shouldShowEachTargetBesideThePooledFigures() {
    Map<String, TargetErrors> errors = new LinkedHashMap<>();
    errors.put("volume", new TargetErrors(250000, 123456.7));
    errors.put("rate", new TargetErrors(0.0125, 0.01));
    Evaluation.Report report =
        report(
            Map.of("loss", 0.5, "rmse", 176776.7),
            Map.of("last_value", 3.0),
            new Details(errors, Map.of(), List.of(), List.of()));

    assertEquals(
        """
        test part, 8 targets
        loss                 0.500000
        rmse                 176777

        rmse of simple forecasts on the same targets
        last_value           3.00000
        seasonal_naive       left out: needs a season

        by target            rmse         mae
        volume               250000       123457
        rate                 0.0125000    0.0100000""",
        unix(ReportText.table(report)));
    assertEquals(
        "{\"part\":\"test\",\"targets\":8,\"loss\":0.5,\"rmse\":176776.7,"
            + "\"baselines\":{\"last_value\":3.0},"
            + "\"by_target\":{\"volume\":{\"rmse\":250000.0,\"mae\":123456.7},"
            + "\"rate\":{\"rmse\":0.0125,\"mae\":0.01}}}",
        EvaluationJson.of(report).toString());
  }

  @Test
  void shouldShowFiguresAndConfusionOfClasses() {
    Map<String, ClassFigures> figures = new LinkedHashMap<>();
    figures.put("no", new ClassFigures(0.75, 1, 6 / 7.0, 6));
    figures.put("yes,\n\"maybe\"", new ClassFigures(Double.NaN, 0, 0, 2));
    Evaluation.Report report =
        report(
            Map.of("accuracy", 0.75, "majority_baseline", 0.75),
            Map.of(),
            new Details(Map.of(), figures, List.of(List.of(6L, 0L), List.of(2L, 0L)), List.of()));

    assertEquals(
        """
        test part, 8 targets
        accuracy             0.750000
        majority_baseline    0.750000

        by class             precision    recall       f1           support
        no                   0.750000     1.00000      0.857143     6
        yes,\\n"maybe"        -            0.00000      0.00000      2

        confusion: a row per true class, a column per answer
                             no           yes,\\n"mayb…
        no                   6            0
        yes,\\n"maybe"        2            0""",
        unix(ReportText.table(report)));
    assertEquals(
        "{\"part\":\"test\",\"targets\":8,\"accuracy\":0.75,\"majority_baseline\":0.75,"
            + "\"by_class\":{\"no\":{\"precision\":0.75,\"recall\":1.0,\"f1\":"
            + 6 / 7.0
            + ",\"support\":6},\"yes,\\n\\\"maybe\\\"\":{\"precision\":null,\"recall\":0.0,"
            + "\"f1\":0.0,\"support\":2}},\"confusion\":[[6,0],[2,0]]}",
        EvaluationJson.of(report).toString());
  }

  @Test
  void shouldPutFurtherFiguresBehindTheUsualOnes() {
    Map<String, ClassFigures> figures = new LinkedHashMap<>();
    figures.put("no", new ClassFigures(0.75, 1, 6 / 7.0, 6, 0.625));
    Evaluation.Report report =
        new Evaluation.Report(
            "test",
            8,
            new TreeMap<>(
                Map.of(
                    "accuracy", 0.75, "mcc", Double.NaN, "roc_auc", 0.625, "mape_left_out", 2.0)),
            new TreeMap<>(Map.of("drift", 3.0)),
            new TreeMap<>(),
            new TreeMap<>(),
            Optional.empty(),
            new Details(Map.of(), figures, List.of(), List.of()),
            new Further(
                new TreeMap<>(
                    Map.of("drift", new ForecastBaselines.Score(3, 2, Double.NaN, 8, List.of()))),
                Optional.of("no"),
                List.of(new Calibration.Bin(0, 0.5, 8, 0.25, 0.75)),
                List.of()));

    assertEquals(
        """
        test part, 8 targets
        accuracy             0.750000

        further figures, of class 'no'
        mape_left_out        2
        mcc                  -
        roc_auc              0.625000

        rmse of simple forecasts on the same targets
        drift                3.00000

        by class             precision    recall       f1           support      roc_auc
        no                   0.750000     1.00000      0.857143     6            0.625000""",
        unix(ReportText.table(report)));
    assertEquals(
        "{\"part\":\"test\",\"targets\":8,\"accuracy\":0.75,\"mape_left_out\":2.0,"
            + "\"mcc\":null,\"roc_auc\":0.625,\"baselines\":{\"drift\":3.0},"
            + "\"baseline_metrics\":{\"drift\":{\"rmse\":3.0,\"mae\":2.0,\"mase\":null}},"
            + "\"positive_class\":\"no\",\"calibration\":[{\"from\":0.0,\"to\":0.5,"
            + "\"targets\":8,\"confidence\":0.25,\"accuracy\":0.75}],"
            + "\"by_class\":{\"no\":{\"precision\":0.75,\"recall\":1.0,\"f1\":"
            + 6 / 7.0
            + ",\"roc_auc\":0.625,\"support\":6}}}",
        EvaluationJson.of(report).toString());
  }

  @Test
  void shouldStayReadableWithAHundredClassesAndWithMore() {
    String hundred = ReportText.table(classes(100));
    String more = ReportText.table(classes(103));

    assertTrue(hundred.contains("\nclass 99             1.00000"), hundred);
    assertFalse(hundred.contains("more with"), hundred);
    assertTrue(
        hundred.contains(
            "\nconfusion            left out: 100 classes are too many to read; --json has it"),
        hundred);
    assertTrue(hundred.lines().allMatch(line -> line.length() <= 80), hundred);
    assertTrue(more.contains("\n... and 3 more with --json\n"), more);
    String twelve = ReportText.table(classes(12));
    assertEquals(12 + 12 + 7, twelve.lines().count(), twelve);
    assertTrue(twelve.lines().allMatch(line -> line.length() <= 20 + 12 * 9), twelve);
    assertTrue(EvaluationJson.of(classes(103)).toString().contains("\"class 102\":{"));
  }

  private static Evaluation.Report classes(int count) {
    Map<String, ClassFigures> figures = new LinkedHashMap<>();
    for (int c = 0; c < count; c++) {
      figures.put("class " + c, new ClassFigures(1, 1, 1, 1));
    }
    List<List<Long>> confusion = Collections.nCopies(count, Collections.nCopies(count, 0L));
    return report(
        Map.of("accuracy", 1.0), Map.of(), new Details(Map.of(), figures, confusion, List.of()));
  }

  private static Evaluation.Report report(
      Map<String, Double> metrics, Map<String, Double> baselines, Details details) {
    SortedMap<String, String> missing = new TreeMap<>();
    if (!baselines.isEmpty()) {
      missing.put("seasonal_naive", "needs a season");
    }
    return new Evaluation.Report(
        "test",
        8,
        new TreeMap<>(metrics),
        new TreeMap<>(baselines),
        new TreeMap<>(),
        missing,
        Optional.empty(),
        details,
        Further.NONE);
  }

  private static String unix(String text) {
    return text.replace(System.lineSeparator(), "\n");
  }
}
