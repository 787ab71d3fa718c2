package io.hindsight.submit.plan;

import io.hindsight.datasets.ByteCount;
import io.hindsight.datasets.Count;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.plan.KernelSpeed.Point;
import io.hindsight.driver.plan.Memory;
import io.hindsight.driver.plan.Plan;
import io.hindsight.driver.plan.Prediction;
import io.hindsight.driver.plan.Workload;
import java.util.Locale;
import java.util.StringJoiner;

/** A plan as text for people. */
public final class PlanText {
  private static final double MILLI = 1e-6; // from ns
  private static final double PERCENT = 100;

  private final StringJoiner lines = new StringJoiner(System.lineSeparator());
  private final Plan plan;

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  /** Several lines without an end of line after the last. */
  public static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    text.sizes();
    text.memory();
    text.measured();
    text.engine();
    text.predictions();
    text.scaling();
    return text.lines.toString();
  }

  private void sizes() {
    Workload work = plan.workload();
    add(
        "run",
        "%s: %s, %s",
        plan.name(),
        LayerWords.text(plan.workload().spec().layers()),
        Count.of(work.parameters(), "parameter"));
    add(
        "data",
        "%s, %s; the longest window has %s",
        Count.of(work.sequences(), "sequence"),
        ByteCount.text(work.dataBytes()),
        Count.of(work.window(), "step"));
    add(
        "minibatch",
        "%s in %s; %s per epoch, %,d in all",
        Count.of(work.batch(), "slot"),
        Count.of(work.shards(), "shard"),
        Count.of(work.stepsPerEpoch(), "step"),
        plan.totalSteps());
  }

  private void memory() {
    Memory memory = plan.memory();
    add(
        "heap",
        "%s per task, %s per executor, %s in the driver",
        ByteCount.text(memory.task()),
        ByteCount.text(memory.executor()),
        ByteCount.text(memory.driver()));
    add(
        "disk",
        "up to %s of executors and of the driver, or of data.store, where heaps have no room for"
            + " the data; of executors, while they read a table with a row per step, also its rows",
        ByteCount.text(plan.workload().dataBytes()));
  }

  private void measured() {
    Point point = plan.constants().speed().points().get(0);
    add(
        "measured here",
        "%s kernels, %s: %.3g ms for %d slots; update %.3g ms",
        plan.kernels(),
        Count.of(plan.constants().threads(), "thread"),
        point.nanos() * MILLI,
        8 * point.blocks(),
        plan.constants().updateNanos() * MILLI);
    add(
        "executors",
        "%s",
        plan.measuredExecutors()
            ? "kernels measured on " + plan.cluster()
            : "kernels assumed to be as fast as here");
    add(
        "costs of Spark",
        "%s: a job %.3g ms and %.3g ns per byte, resident tasks %.3g ms and %.3g ns per byte",
        plan.spark().origin(),
        plan.spark().jobs().stepNanos() * MILLI,
        plan.spark().jobs().byteNanos(),
        plan.spark().resident().stepNanos() * MILLI,
        plan.spark().resident().byteNanos());
  }

  private void engine() {
    add("engine", "%s (%s)", plan.engine().label(), plan.reason());
    plan.notes().forEach(note -> add("note", "%s", note));
  }

  private void predictions() {
    lines.add("");
    lines.add("a step, predicted for " + plan.cluster() + ", the local engine for this machine");
    head("engine");
    plan.engines().forEach(each -> row(each.engine().label(), each));
  }

  private void scaling() {
    lines.add("");
    lines.add(
        "a step by the number of executors, of "
            + Count.of(plan.scaling().get(0).cluster().cores(), "core")
            + " each, with the best engine: predicted, not measured");
    head("executors");
    plan.scaling()
        .forEach(
            each ->
                row("%3d %s".formatted(each.cluster().executors(), each.engine().label()), each));
  }

  private void head(String first) {
    lines.add(
        "%-22s %5s %10s %12s %10s %10s %12s %12s"
            .formatted(
                first,
                "tasks",
                "step, ms",
                "compute, ms",
                "Spark, ms",
                "outside, %",
                "sent",
                "received"));
  }

  private void row(String first, Prediction prediction) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-22s %5d %10.3f %12.3f %10.3f %10.1f %12s %12s",
            first,
            prediction.tasks(),
            prediction.stepMs(),
            prediction.computeNanos() * MILLI,
            prediction.engineNanos() * MILLI,
            PERCENT * prediction.shareOutsideKernel(),
            ByteCount.text(prediction.bytesSent()),
            ByteCount.text(prediction.bytesReceived())));
  }

  private void add(String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-16s ", name) + String.format(Locale.ROOT, format, values));
  }
}
