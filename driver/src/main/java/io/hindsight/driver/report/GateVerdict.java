package io.hindsight.driver.report;

import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.List;

/** What the gates of a retraining say: the verdict, and each figure beside its limit. */
final class GateVerdict {
  private final Blessing blessing;

  GateVerdict(Blessing blessing) {
    this.blessing = blessing;
  }

  void write(Markup page) {
    String verdict = blessing.blessed() ? "Passed the gates: " : "Not passed by the gates: ";
    page.leaf(
        "p",
        verdict + String.join("; ", blessing.reasons()),
        "class",
        blessing.blessed() ? "verdict" : "verdict bad");
    Table table = new Table("check", "value", "limit", "passed");
    for (Blessing.Check check : blessing.checks()) {
      table.row(
          List.of(
              check.name(),
              Digits.text(check.value()),
              Digits.text(check.limit()),
              check.passed() ? "yes" : "no"),
          !check.passed());
    }
    table.write(page);
  }
}
