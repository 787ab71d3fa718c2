package io.hindsight.driver.report;

import io.hindsight.driver.config.section.ConfigDifferences;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.report.run.StepGroup;
import io.hindsight.driver.report.run.StepGroups;
import io.hindsight.driver.report.run.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Several runs side by side: what they came to, how they went, and what was configured otherwise.
 */
final class ComparisonPage {
  private final List<RunFigures> runs;
  private final List<String> names = new ArrayList<>();

  private ComparisonPage(List<RunFigures> runs) {
    this.runs = runs;
    for (int i = 0; i < runs.size(); i++) {
      names.add("%d %s".formatted(i + 1, runs.get(i).config().name()));
    }
  }

  /** The page, in UTF-8. */
  static byte[] of(List<RunFigures> runs) {
    return new ComparisonPage(runs).write();
  }

  private byte[] write() {
    Markup page = new Markup();
    ReportPage.begin(page, "%d runs – Hindsight".formatted(runs.size()));
    page.leaf("h1", "%d runs".formatted(runs.size()));
    verdicts(page);
    page.open("section").leaf("h2", "Figures");
    figures().write(page);
    page.close();
    page.open("section").leaf("h2", "Training").open("div", "class", "pictures");
    validations().draw(page);
    losses().draw(page);
    page.close().close();
    differences(page);
    return ReportPage.end(page);
  }

  private void verdicts(Markup page) {
    Table table = new Table("run", "came to", "directory", "weights");
    for (int i = 0; i < runs.size(); i++) {
      RunFigures run = runs.get(i);
      String hash = run.status().flatMap(status -> status.weightsSha256()).orElse("none");
      table.row(
          List.of(
              names.get(i),
              Verdict.of(run).text(),
              run.location(),
              hash.substring(0, Math.min(12, hash.length()))));
    }
    table.write(page);
  }

  /** A column for each run. */
  private Table figures() {
    List<String> header = new ArrayList<>(List.of("figure"));
    header.addAll(names);
    Table table = new Table(header);
    TreeSet<String> figures = new TreeSet<>();
    runs.forEach(run -> run.status().ifPresent(of -> figures.addAll(of.metrics().keySet())));
    for (String figure : figures) {
      List<String> cells = new ArrayList<>(List.of(figure));
      for (RunFigures run : runs) {
        cells.add(run.status().map(of -> of.metrics().get(figure)).map(Digits::text).orElse("–"));
      }
      table.row(cells);
    }
    return table;
  }

  private LineChart validations() {
    LineChart chart = new LineChart("validation", "Validation loss", "step").logarithmic();
    for (int i = 0; i < runs.size(); i++) {
      List<Validation> some = runs.get(i).history().validations();
      double[] at = some.stream().mapToDouble(Validation::step).toArray();
      double[] losses = some.stream().mapToDouble(Validation::loss).toArray();
      chart.add(new Line(names.get(i), at, losses, Line.Style.DOTS));
    }
    return chart;
  }

  private LineChart losses() {
    LineChart chart = new LineChart("training", "Training loss", "step").logarithmic();
    for (int i = 0; i < runs.size(); i++) {
      StepGroups steps = runs.get(i).history().steps();
      chart.add(
          new Line(names.get(i), steps.firsts(), steps.each(StepGroup::loss), Line.Style.LINE));
    }
    return chart;
  }

  private void differences(Markup page) {
    page.open("section").leaf("h2", "Configuration");
    for (int i = 1; i < runs.size(); i++) {
      List<String> all = ConfigDifferences.between(runs.get(0).config(), runs.get(i).config());
      page.leaf("p", "%s beside %s:".formatted(names.get(i), names.get(0)));
      page.open("ul");
      all.forEach(difference -> page.leaf("li", difference));
      if (all.isEmpty()) {
        page.leaf("li", "nothing that changes the result");
      }
      page.close();
    }
    page.close();
  }
}
