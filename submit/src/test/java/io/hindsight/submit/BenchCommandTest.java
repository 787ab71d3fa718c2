package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.kernels.math.choice.OpsProvider;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The form of what {@code bench} prints; never how fast anything is. */
class BenchCommandTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final List<String> TIMES =
      List.of("pack_ms", "forward_ms", "backward_ms", "step_ms", "gflops", "peak_percent");

  @Test
  void shouldPrintOneJsonObjectWithEveryCellAtEveryShape() throws IOException {
    JsonNode report = JSON.readTree(bench("--shapes", "3,5,4,6", "2,3,17,2", "--json"));

    assertEquals(OpsProvider.get().name(), report.get("implementation").asText());
    assertTrue(report.get("peak_gflops").asDouble() > 0, report.toString());
    JsonNode results = report.get("results");
    assertEquals(6, results.size());
    for (int i = 0; i < results.size(); i++) {
      JsonNode result = results.get(i);
      assertEquals(List.of("rnn", "lstm", "gru").get(i % 3), result.get("cell").asText());
      assertEquals(i < 3 ? "[3,5,4,6]" : "[2,3,17,2]", result.get("shape").toString());
      for (String time : TIMES) {
        assertTrue(result.get(time).isNumber() && result.get(time).asDouble() > 0, time);
      }
      assertTrue(result.get("bytes_per_step").isIntegralNumber(), result.toString());
      assertTrue(result.get("workspace_bytes").asLong() > 0, result.toString());
    }
  }

  /** By hand, for a GRU of I = 2, H = 3, B = 5, T = 7. */
  @Test
  void shouldCountUsefulOperationsAndTheWorkspaceByTheirFormulas() throws IOException {
    String out = bench("--shapes", "2,3,5,7", "--cells", "gru", "--json");
    JsonNode result = JSON.readTree(out).get("results").get(0);

    // 35 (sequence, step) · 9 rows · 2: forward 5 columns, backward 5 and 3.
    double operations = 35 * 9 * 2 * (5 + 8);
    double gflops = operations / result.get("step_ms").asDouble() / 1e6;
    assertEquals(gflops, result.get("gflops").asDouble(), 1e-9 * gflops);
    // Inputs and states 40·5, gates 35·12, gradients 35·3, W 9·5, Uᵀ 3·9, chunk 256·17;
    // P = 9·2 + 9·3 + 9 + 9 for the layer and 3 + 1 for the output.
    long doubles = 200 + 420 + 105 + 45 + 27 + 4352 + 67;
    assertEquals(8 * doubles, result.get("workspace_formula_bytes").asLong());
  }

  @Test
  void shouldPrintATableWithTheMachineAndALinePerCell() {
    String table = bench("--shapes", "3,5,4,6", "--cells", "lstm,rnn");

    for (String head : List.of("implementation", "measured peak", "cpu", "jdk")) {
      assertTrue(table.matches("(?s)(.*\\R)?" + head + " +\\S.*"), table);
    }
    assertTrue(table.contains("percent of peak"), table);
    String numbers = "( +\\d+(\\.\\d+)?){14}\\R";
    assertTrue(
        table.matches("(?s).*\\Rlstm  3,5,4,6" + numbers + "rnn   3,5,4,6" + numbers), table);
  }

  @Test
  void shouldCompareSeveralThreadsWithOne() throws IOException {
    String out = bench("--shapes", "3,5,20,6", "--cells", "gru", "--threads", "2", "--json");
    JsonNode scaling = JSON.readTree(out).get("scaling");

    assertEquals(1, scaling.size());
    assertEquals(3, scaling.get(0).get("shards").asInt());
    assertEquals(2, scaling.get(0).get("tasks").asInt());
    for (String number : List.of("one_task_ms", "step_ms", "speedup", "fastest_speedup")) {
      assertTrue(scaling.get(0).get(number).asDouble() > 0, out);
    }
    assertTrue(bench("--shapes", "3,5,20,6", "--threads", "2").contains("local engine"));
  }

  @Test
  void shouldWriteDecimalPointsInEveryCountry() {
    Locale here = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String table = bench("--shapes", "3,5,4,6", "--cells", "rnn");
      assertTrue(table.matches("(?s).*rnn   3,5,4,6 +\\d+\\.\\d{3} .*"), table);
    } finally {
      Locale.setDefault(here);
    }
  }

  private static String bench(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "bench";
    arguments[1] = "--seconds";
    arguments[2] = "0.01";
    System.arraycopy(options, 0, arguments, 3, options.length);
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    return run.out();
  }
}
