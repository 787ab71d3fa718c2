package io.hindsight.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.bench.BenchReport;
import io.hindsight.driver.bench.LayerResult;
import io.hindsight.driver.bench.ThreadScaling;
import java.util.Locale;
import java.util.StringJoiner;

/** A benchmark as text for people and for programs. */
final class BenchText {
  private static final double MEGA = 1e6;
  private static final double MILLI = 1e3;

  private static final String MEDIAN = "wall time, median, ms";
  private static final String FASTEST = "wall time, fastest, ms";

  private BenchText() {}

  /** What ran where, one line per cell and shape, and the speed-ups below. */
  static String table(BenchReport report) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add(line("%-16s %s", "implementation", report.implementation()));
    lines.add(
        line(
            "%-16s %.1f GFLOP/s: multiply-adds in registers, %s, one core",
            "measured peak", report.peakGflops(), report.peakKind()));
    String cpu = report.machine().cpu();
    lines.add(line("%-16s %s; processors: %d", "cpu", cpu, report.machine().processors()));
    lines.add(line("%-16s %s", "jdk", report.machine().jdk()));
    lines.add("");
    addLayers(lines, report);
    if (!report.scaling().isEmpty()) {
      lines.add("");
      addScaling(lines, report);
    }
    return lines.toString();
  }

  private static void addLayers(StringJoiner lines, BenchReport report) {
    lines.add(
        line(
            "%-5s %-16s %35s %23s %20s %10s %20s",
            "", "", "CPU time, ms", "GFLOP/s", "percent of peak", "bytes", "workspace, MB"));
    lines.add(
        line(
            "%-5s %-16s %8s %8s %8s %8s %7s %7s %7s %6s %6s %6s %10s %6s %7s %5s",
            "cell",
            "I,H,B,T",
            "pack",
            "forward",
            "backward",
            "step",
            "forw.",
            "backw.",
            "step",
            "forw.",
            "backw.",
            "step",
            "per step",
            "held",
            "formula",
            "ratio"));
    report.results().forEach(result -> lines.add(line(result, report.peakGflops())));
  }

  private static String line(LayerResult result, double peak) {
    return line(
        "%-5s %-16s %8.3f %8.3f %8.3f %8.3f %7.2f %7.2f %7.2f %6.1f %6.1f %6.1f %10d %6.1f %7.1f"
            + " %5.2f",
        result.cell(),
        result.shape(),
        result.packSeconds() * MILLI,
        result.forward().millis(),
        result.backward().millis(),
        result.step().millis(),
        result.forward().gflops(),
        result.backward().gflops(),
        result.step().gflops(),
        result.forward().percentOf(peak),
        result.backward().percentOf(peak),
        result.step().percentOf(peak),
        result.bytesPerStep(),
        result.workspaceBytes() / MEGA,
        result.workspaceFormulaBytes() / MEGA,
        result.workspaceRatio());
  }

  private static void addScaling(StringJoiner lines, BenchReport report) {
    lines.add(line("%-22s %17s %26s %26s", "", "local engine", MEDIAN, FASTEST));
    lines.add(
        line(
            "%-5s %-16s %8s %8s %8s %8s %8s %8s %8s %8s",
            "cell",
            "I,H,B,T",
            "shards",
            "threads",
            "1 thread",
            "all",
            "ratio",
            "1 thread",
            "all",
            "ratio"));
    report.scaling().forEach(scaling -> lines.add(line(scaling)));
  }

  private static String line(ThreadScaling scaling) {
    return line(
        "%-5s %-16s %8d %8d %8.3f %8.3f %8.2f %8.3f %8.3f %8.2f",
        scaling.cell(),
        scaling.shape(),
        scaling.shards(),
        scaling.tasks(),
        scaling.oneTask().median() * MILLI,
        scaling.allTasks().median() * MILLI,
        scaling.speedup(),
        scaling.oneTask().fastest() * MILLI,
        scaling.allTasks().fastest() * MILLI,
        scaling.fastestSpeedup());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing();
  }

  /** One object in one line. */
  static String json(BenchReport report) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("implementation", report.implementation());
    root.put("peak_gflops", report.peakGflops());
    root.put("peak_kind", report.peakKind());
    root.put("cpu", report.machine().cpu());
    root.put("processors", report.machine().processors());
    root.put("jdk", report.machine().jdk());
    ArrayNode results = root.putArray("results");
    report.results().forEach(result -> put(results.addObject(), result, report.peakGflops()));
    if (!report.scaling().isEmpty()) {
      ArrayNode scaling = root.putArray("scaling");
      report.scaling().forEach(each -> put(scaling.addObject(), each));
    }
    return root.toString();
  }

  private static void put(ObjectNode node, LayerResult result, double peak) {
    node.put("cell", result.cell());
    put(node.putArray("shape"), result.shape().values());
    node.put("pack_ms", result.packSeconds() * MILLI);
    node.put("forward_ms", result.forward().millis());
    node.put("backward_ms", result.backward().millis());
    node.put("step_ms", result.step().millis());
    node.put("forward_gflops", result.forward().gflops());
    node.put("backward_gflops", result.backward().gflops());
    node.put("gflops", result.step().gflops());
    node.put("forward_peak_percent", result.forward().percentOf(peak));
    node.put("backward_peak_percent", result.backward().percentOf(peak));
    node.put("peak_percent", result.step().percentOf(peak));
    node.put("bytes_per_step", result.bytesPerStep());
    node.put("pack_bytes", result.packBytes());
    node.put("workspace_bytes", result.workspaceBytes());
    node.put("workspace_formula_bytes", result.workspaceFormulaBytes());
  }

  private static void put(ObjectNode node, ThreadScaling scaling) {
    node.put("cell", scaling.cell());
    put(node.putArray("shape"), scaling.shape().values());
    node.put("shards", scaling.shards());
    node.put("tasks", scaling.tasks());
    node.put("one_task_ms", scaling.oneTask().median() * MILLI);
    node.put("step_ms", scaling.allTasks().median() * MILLI);
    node.put("speedup", scaling.speedup());
    node.put("fastest_one_task_ms", scaling.oneTask().fastest() * MILLI);
    node.put("fastest_step_ms", scaling.allTasks().fastest() * MILLI);
    node.put("fastest_speedup", scaling.fastestSpeedup());
  }

  private static void put(ArrayNode array, int... values) {
    for (int value : values) {
      array.add(value);
    }
  }
}
