package io.hindsight.driver.monitoring;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures in the text format of Prometheus (version 0.0.4), as the textfile collector of its node
 * exporter reads it: of each family a line of help, its type, and a line for each set of labels.
 * Names that end in {@code _total} are counters, all others gauges.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
public final class PrometheusText {
  private static final double SMALLEST = 1e-6; // without an exponent
  private static final double LARGEST = 1e15;

  private final Map<String, String> help = new TreeMap<>();
  private final Map<String, List<String>> samples = new TreeMap<>(); // by family

  /**
   * Adds a figure.
   *
   * @param family its name, of small letters and underscores
   * @param about what it is, the same for all of the family
   * @param labels names of small letters, and any values
   */
  public PrometheusText add(String family, String about, Map<String, String> labels, double value) {
    help.put(family, about);
    samples
        .computeIfAbsent(family, first -> new ArrayList<>())
        .add(family + text(labels) + " " + number(value) + "\n");
    return this;
  }

  /** The whole file, its families in the order of their names. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    samples.forEach(
        (family, lines) -> {
          String about = help.get(family).replace("\\", "\\\\").replace("\n", "\\n");
          text.append("# HELP ").append(family).append(' ').append(about).append('\n');
          String type = family.endsWith("_total") ? "counter" : "gauge";
          text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
          lines.forEach(text::append);
        });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    List<String> each = new ArrayList<>();
    new TreeMap<>(labels).forEach((name, value) -> each.add(name + "=\"" + escaped(value) + "\""));
    return "{" + String.join(",", each) + "}";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    double size = Math.abs(value);
    boolean plain = size == 0 || size >= SMALLEST && size < LARGEST;
    return plain
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
