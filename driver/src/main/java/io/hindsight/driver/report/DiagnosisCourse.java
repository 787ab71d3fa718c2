package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.Diagnosed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a network changed from one diagnosis to the next: the saturated share of each layer's gates,
 * and how large updates were beside the weights of each layer.
 */
final class DiagnosisCourse {
  private static final Pattern LAYER = Pattern.compile(".*_l(\\d+)(_reverse)?");
  private static final double USUAL = -3; // log10 of an update that learns well, about

  private final List<Diagnosed> looks;
  private final double[] steps;

  DiagnosisCourse(List<Diagnosed> looks) {
    this.looks = looks;
    steps = looks.stream().mapToDouble(Diagnosed::step).toArray();
  }

  /** Two pictures; nothing of fewer than two diagnoses. */
  void draw(Markup page) {
    if (looks.size() > 1) {
      saturation().draw(page);
      updates().draw(page);
    }
  }

  private LineChart saturation() {
    Map<String, double[]> shares = new TreeMap<>();
    for (int at = 0; at < looks.size(); at++) {
      for (JsonNode layer : looks.get(at).diagnosis().path("layers")) {
        for (JsonNode gate : layer.path("gates")) {
          String name = "layer %s, %s".formatted(text(layer, "layer"), text(gate, "gate"));
          row(shares, name)[at] = gate.path("saturated").asDouble(Double.NaN);
        }
      }
    }
    LineChart chart = new LineChart("saturation", "Saturated share of gates", "step").fromZero();
    add(chart, shares);
    return chart;
  }

  private LineChart updates() {
    Map<String, double[]> ratios = new TreeMap<>();
    for (int at = 0; at < looks.size(); at++) {
      means(looks.get(at).diagnosis()).forEach(put(ratios, at)::set);
    }
    LineChart chart = new LineChart("updates", "log₁₀ of update ÷ weights, mean", "step");
    add(chart, ratios);
    if (!chart.isEmpty()) {
      chart.add(Line.limit("usual", steps[0], steps[steps.length - 1], USUAL));
    }
    return chart;
  }

  private interface Put {
    void set(String name, double value);
  }

  private Put put(Map<String, double[]> rows, int at) {
    return (name, value) -> row(rows, name)[at] = value;
  }

  /** The mean over the matrices and biases of each layer. */
  private static Map<String, Double> means(JsonNode diagnosis) {
    Map<String, List<Double>> each = new TreeMap<>();
    for (JsonNode block : diagnosis.path("update").path("blocks")) {
      double ratio = StrictMath.log10(block.path("ratio").asDouble(Double.NaN));
      if (Double.isFinite(ratio)) {
        each.computeIfAbsent(layer(text(block, "block")), name -> new ArrayList<>()).add(ratio);
      }
    }
    Map<String, Double> means = new TreeMap<>();
    each.forEach(
        (name, ratios) ->
            means.put(
                name, ratios.stream().mapToDouble(Double::doubleValue).sum() / ratios.size()));
    return means;
  }

  /** As {@code rnn.weight_ih_l0}; what is of no layer is named by its beginning. */
  private static String layer(String block) {
    Matcher layer = LAYER.matcher(block);
    return layer.matches() ? "layer " + layer.group(1) : block.replaceFirst("\\..*", "");
  }

  private double[] row(Map<String, double[]> rows, String name) {
    return rows.computeIfAbsent(
        name,
        first -> {
          double[] row = new double[steps.length];
          Arrays.fill(row, Double.NaN);
          return row;
        });
  }

  private void add(LineChart chart, Map<String, double[]> rows) {
    rows.forEach((name, row) -> chart.add(new Line(name, steps, row, Line.Style.LINE)));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
