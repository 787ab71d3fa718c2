package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.Spacing;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.EvaluationJson;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Further;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportSpacingTest {
  private static final Spacing UNEVEN =
      new Spacing(
          Optional.of("1 h"),
          true,
          920,
          888,
          32,
          39,
          0,
          Optional.of(new Spacing.Gap("8 h", "series", "2022-01-25 23:00", "2022-01-26 07:00")),
          32,
          0);

  private static final Spacing EVEN =
      new Spacing(Optional.of("1 month"), true, 467, 467, 0, 0, 0, Optional.empty(), 0, 0);

  @Test
  void shouldTellUnevenSpacingBesideTheBaselines() throws IOException {
    String table = ReportText.table(report(226, UNEVEN));
    JsonNode json = new ObjectMapper().readTree(EvaluationJson.of(report(226, UNEVEN)).toString());

    assertTrue(table.contains("\nseasonal_naive answers 226 of the targets"), table);
    assertTrue(table.endsWith("\n\n" + UNEVEN.describe()), table);
    assertEquals(UNEVEN.toJson().toString(), json.get("spacing").toString());
    assertEquals(226, json.get("baseline_targets").get("seasonal_naive").asInt());
    assertEquals(233, json.get("baseline_targets").get("last_value").asInt());
    assertEquals(3.5, json.get("baselines").get("seasonal_naive").asDouble());
  }

  @Test
  void shouldSayNothingOfEvenSpacingToPeople() throws IOException {
    String table = ReportText.table(report(233, EVEN));
    JsonNode json = new ObjectMapper().readTree(EvaluationJson.of(report(233, EVEN)).toString());

    assertTrue(table.endsWith("seasonal_naive       3.50000"), table);
    assertEquals("1 month", json.get("spacing").get("step").asText());
    assertTrue(json.get("spacing").get("longest_gap").isNull());
    assertFalse(json.has("baseline_targets"));
  }

  private static Evaluation.Report report(long answered, Spacing spacing) {
    return new Evaluation.Report(
        "test",
        233,
        new TreeMap<>(Map.of("loss", 0.25, "rmse", 3.0)),
        new TreeMap<>(Map.of("last_value", 8.0, "seasonal_naive", 3.5)),
        new TreeMap<>(Map.of("last_value", 233L, "seasonal_naive", answered)),
        new TreeMap<>(),
        Optional.of(spacing),
        new Details(Map.of(), Map.of(), List.of(), List.of()),
        Further.NONE);
  }
}
