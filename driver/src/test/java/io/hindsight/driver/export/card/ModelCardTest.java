package io.hindsight.driver.export.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.registry.Blessing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCardTest {
  private static final String CONFIG =
      """
      name: sales
      data:
        format: csv
        path: sales.csv
        sequence: shop|id
        time: day
        inputs: [x]
        targets: [x]
        horizon: 1
        scale: standardize
        window: {from: 2026-01-01T00:00:00Z, to: 2026-02-01T00:00:00Z}
      model: {cell: gru, hidden: [3]}
      training: {steps: 5, bptt: {window: 12}, optimizer: {type: adam, learning-rate: 1e-3}}
      """;

  private static CardFacts facts(String yaml, Optional<JsonNode> scores) {
    RunConfig config = ConfigReader.read(yaml, "test.yaml", List.of());
    Scaling scaling = new Scaling(List.of(new Scaling.Column("x", Scale.STANDARDIZE, 1, 2)));
    Encoding.Table encoding =
        new Encoding.Table(
            List.of("x"),
            List.of("x"),
            TargetKind.VALUE,
            1,
            false,
            false,
            scaling,
            Optional.of(scaling),
            Optional.empty());
    ModelDescription description =
        new ModelDescription(
            config.model().network(encoding.input(), encoding.outputs()),
            encoding.toJson(),
            yaml,
            "c0ffee",
            "f00d",
            Map.of("hindsight", "1.2"),
            Map.of());
    JsonNode data = Json.object().set("sequences", Json.object().put("read", 3).put("test", 2));
    return new CardFacts(
        config, description, "ab".repeat(32), scores, Optional.empty(), Optional.of(data));
  }

  private static String card(String yaml, Optional<JsonNode> scores) {
    return new String(ModelCard.of(facts(yaml, scores)), StandardCharsets.UTF_8);
  }

  @Test
  void shouldTellWhatTheModelIsWhatForOfWhichDataHowGoodAndWhereItEnds() {
    JsonNode scores =
        Json.parse(
            """
            {"part": "test", "targets": 48, "rmse": 0.5, "mae": 0.25,
             "baselines": {"drift": 0.75, "last_value": 0.5},
             "baseline_metrics": {"drift": {"rmse": 0.75, "mae": 0.625},
               "last_value": {"rmse": 0.5, "mae": 0.5}}}
            """
                .getBytes(StandardCharsets.UTF_8),
            "scores");
    assertEquals(
        """
        # sales

        | model |  |
        |---|---|
        | network | gru [3], 58 parameters, loss squared-error |
        | weights, SHA-256 | `%s` |
        | made by | hindsight 1.2 |
        | configuration, SHA-256 | `c0ffee` |

        ## Intended use

        It reads `x` of a sequence and answers, at each step, the value of `x` one step ahead.

        ## Data

        | data |  |
        |---|---|
        | source | `csv`, `sales.csv` |
        | sequences by | `shop\\|id` |
        | time | `day` |
        | inputs | `x` |
        | targets | `x` |
        | window | `2026-01-01T00:00:00Z to before 2026-02-01T00:00:00Z` |
        | sequences | read 3, test 2 |
        | fingerprint | `f00d` |

        ## Figures

        Of the test part, 48 targets.

        | figure | model | `drift` | `last_value` |
        |---|---|---|---|
        | `rmse` | 0.5 | 0.75 | 0.5 |
        | `mae` | 0.25 | 0.625 | 0.5 |

        ## Limits

        - The figures are of data like the scored part; score other data with `evaluate --data`.
        - Its `rmse` is not below that of `last_value`, which needs no training.
        - It was trained on windows of 12 steps, each from a zero state; what is longer ago is nothing to it.
        - It answers single numbers, and not how sure they are.
        - Its steps are rows, however far apart in time they are.
        - It reads no row without a value in an input.
        - It knows of nothing from 2026-02-01T00:00:00Z on.
        """
            .formatted("ab".repeat(32)),
        card(CONFIG, Optional.of(scores)));
  }

  @Test
  void shouldTellWhatTheGatesOfARegistryFound() {
    CardFacts run = facts(CONFIG, Optional.empty());
    for (String metric : List.of("rmse", "mae")) {
      Blessing blessing =
          new Blessing(
              true,
              List.of("rmse 0.5 on 36 targets, the champion's 0.6"),
              List.of(),
              json(
                  "{'targets': 36, 'metrics': {'mae': 0.25, 'rmse': 0.5}, 'baselines': {'drift': 0.4}}"),
              json("{'metrics': {'mae': 0.3, 'rmse': 0.6}}"),
              json("{'metric': '" + metric + "'}"));
      CardFacts facts =
          new CardFacts(
              run.config(),
              run.description(),
              run.weightsSha256(),
              GateScores.of(blessing),
              Optional.of(blessing),
              run.data());
      String card = new String(ModelCard.of(facts), StandardCharsets.UTF_8);
      boolean rmse = metric.equals("rmse");
      String figures =
          """
          ## Figures

          Passed by the gates of its registry: rmse 0.5 on 36 targets, the champion's 0.6.

          Of the test part, 36 targets.

          | figure | model | `drift` | `champion before` |
          |---|---|---|---|
          | `mae` | 0.25 | %s | 0.3 |
          | `rmse` | 0.5 | %s | 0.6 |

          """
              .formatted(rmse ? "" : "0.4", rmse ? "0.4" : "");
      assertTrue(card.contains(figures), card);
      assertEquals(rmse, card.contains("not below that of `drift`"), card);
    }
    assertEquals(Optional.empty(), GateScores.of(Blessing.imported()));
  }

  private static ObjectNode json(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (ObjectNode) Json.parse(bytes, "test");
  }

  @Test
  void shouldClaimNothingWhereNothingIsKnown() {
    String card = card(CONFIG, Optional.empty());
    assertTrue(card.contains("None are known here"), card);
    assertTrue(card.contains("- How large its errors are is not known here."), card);
    assertFalse(card.contains("| figure |"), card);
  }

  @Test
  void shouldTellOfIntervalsAndOfBothDirections() {
    String other =
        CONFIG
            .replace(
                "hidden: [3]", "hidden: [3], output: {at: last-step, quantiles: [0.1, 0.5, 0.9]}")
            .replace(", bptt: {window: 12}", "")
            .replace("cell: gru", "cell: gru, bidirectional: true");
    String card = card(other, Optional.empty());
    assertTrue(card.contains("the quantiles [0.1, 0.5, 0.9] of `x` one step ahead"), card);
    assertTrue(card.contains("- Its intervals are as the network learned them"), card);
    assertTrue(card.contains("- It reads each sequence from its end too"), card);
    assertFalse(card.contains("windows of"), card);
  }
}
