package io.hindsight.submit.diagnose;

import io.hindsight.driver.diagnose.Diagnosis;
import io.hindsight.driver.diagnose.Figures;
import io.hindsight.driver.diagnose.LayerFigures;
import io.hindsight.driver.diagnose.UpdateFigures;
import io.hindsight.driver.diagnose.Verdict;
import io.hindsight.driver.diagnose.stored.RunDiagnosis;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.plain.GateShare;
import java.util.Locale;
import java.util.StringJoiner;

/** A diagnosis as text for people: the verdicts, and then the figures. */
final class DiagnosisText {
  private static final double PERCENT = 100;

  private final StringJoiner lines = new StringJoiner(System.lineSeparator());

  private DiagnosisText() {}

  /** Several lines without an end of line after the last. */
  static String of(RunDiagnosis.Result result) {
    DiagnosisText text = new DiagnosisText();
    Diagnosis diagnosis = result.diagnosis();
    for (Verdict verdict : diagnosis.verdicts()) {
      text.add(verdict.kind().text(), "%s", verdict.advice());
    }
    text.lines.add("");
    text.add("weights", "%s", result.weights());
    text.loss(diagnosis.figures());
    diagnosis.figures().history().ifPresent(text::history);
    diagnosis.figures().layers().forEach(text::layer);
    diagnosis.figures().update().ifPresent(text::update);
    return text.lines.toString();
  }

  private void loss(Figures figures) {
    add("windows", "%d of the training part, %,d targets", figures.windows(), figures.targets());
    add("loss", "%.6g; always the same answer has %.6g", figures.loss(), figures.trivialLoss());
    add("gradient", "norm %.4g", figures.gradientNorm());
  }

  private void history(Figures.History history) {
    add(
        "steps",
        "%,d%s",
        history.steps(),
        history
            .clipped()
            .filter(clipped -> history.steps() > 0)
            .map(clipped -> percent((double) clipped / history.steps()) + " of them clipped")
            .map(", "::concat)
            .orElse(""));
  }

  private void layer(LayerFigures layer) {
    lines.add("");
    add("layer " + layer.layer(), "learns back %d of %d steps", layer.reach(), back(layer));
    StringJoiner heads = new StringJoiner(" ");
    StringJoiner values = new StringJoiner(" ");
    layer
        .relative()
        .forEach(
            (lag, gradient) -> {
              heads.add(String.format(Locale.ROOT, "%8d", lag));
              values.add(String.format(Locale.ROOT, "%8.2g", gradient));
            });
    add("  lag", "%s", heads);
    add("  gradient", "%s", values);
    for (GateShare gate : layer.gates()) {
      String what = gate.activation() == Activation.RELU ? "of its units dead" : "saturated";
      add("  gate " + gate.name(), "%s %s", percent(gate.saturated()), what);
    }
  }

  private static int back(LayerFigures layer) {
    return Math.max(0, layer.steps() - 1);
  }

  private void update(UpdateFigures update) {
    lines.add("");
    add("update", "%s, at rate %.4g", update.origin().text(), update.learningRate());
    int longest =
        update.blocks().stream().mapToInt(block -> block.block().length()).max().orElse(0);
    for (UpdateFigures.Ratio block : update.blocks()) {
      String name = block.block() + " ".repeat(longest - block.block().length());
      add("  " + name, "%.3g of its size", block.ratio());
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
  }

  private void add(String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-20s ", name) + String.format(Locale.ROOT, format, values));
  }
}
