package io.hindsight.driver.report;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.report.run.RunHistory;
import io.hindsight.driver.report.run.StepGroup;
import io.hindsight.driver.report.run.StepGroup.Times;
import io.hindsight.driver.report.run.StepGroups;
import io.hindsight.driver.report.run.Validation;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** How a run went, step by step: losses, gradients, rates, and where the time was. */
final class TrainingPictures {
  private static final String STEP = "step";

  private final RunHistory history;
  private final StepGroups steps;
  private final OptionalDouble limit; // of the gradient's norm

  TrainingPictures(RunFigures run) {
    history = run.history();
    steps = history.steps();
    limit =
        run.config().training().update().clip() instanceof GradientClipper.ByNorm norm
            ? OptionalDouble.of(norm.limit())
            : OptionalDouble.empty();
  }

  void write(Markup page) {
    page.open("section").leaf("h2", "Training");
    if (steps.all().isEmpty()) {
      page.leaf("p", "No step was made.", "class", "note").close();
      return;
    }
    page.open("div", "class", "pictures");
    losses().draw(page);
    norms().draw(page);
    rates().draw(page);
    durations().draw(page);
    page.close();
    notes().forEach(note -> page.leaf("p", note));
    times().write(page);
    page.close();
  }

  private LineChart losses() {
    List<Validation> some = history.validations();
    double[] at = some.stream().mapToDouble(Validation::step).toArray();
    double[] losses = some.stream().mapToDouble(Validation::loss).toArray();
    return new LineChart("loss", "Loss", STEP)
        .logarithmic()
        .add(line("training", StepGroup::loss))
        .add(new Line("validation", at, losses, Line.Style.DOTS));
  }

  private LineChart norms() {
    LineChart chart =
        new LineChart("norm", "Norm of the gradient before clipping", STEP)
            .logarithmic()
            .add(line("norm", StepGroup::gradNorm));
    double[] at = steps.firsts();
    limit.ifPresent(of -> chart.add(Line.limit("limit", at[0], at[at.length - 1], of)));
    return chart;
  }

  private LineChart rates() {
    return new LineChart("rate", "Learning rate", STEP)
        .fromZero()
        .add(line("rate", StepGroup::learningRate));
  }

  private LineChart durations() {
    return new LineChart("time", "Time of a step, ms", STEP)
        .logarithmic()
        .add(line("step", group -> group.times().step()))
        .add(line("computation", group -> group.times().compute()));
  }

  private Line line(String name, ToDoubleFunction<StepGroup> figure) {
    return new Line(name, steps.firsts(), steps.each(figure), Line.Style.LINE);
  }

  private List<String> notes() {
    long made = steps.all().stream().mapToLong(StepGroup::steps).sum();
    return List.of(best(), clips(made), troubles()).stream()
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private String best() {
    return history.validations().stream()
        .filter(Validation::best)
        .reduce((earlier, later) -> later)
        .map(
            best ->
                "The lowest validation loss is %s, after step %d."
                    .formatted(Digits.text(best.loss()), best.step()))
        .orElse("");
  }

  private String clips(long made) {
    return limit.isEmpty()
        ? ""
        : "%d of %d gradients were clipped, %s %%."
            .formatted(
                history.clipped(),
                made,
                Digits.text(100.0 * history.clipped() / Math.max(1, made)));
  }

  private String troubles() {
    return history.skipped() + history.rollbacks() == 0
        ? ""
        : "Steps that were not finite: %d skipped, %d rollbacks."
            .formatted(history.skipped(), history.rollbacks());
  }

  /** Of the mean step. */
  private Table times() {
    Table table = new Table("Where the time of a step was", "ms", "share");
    double step = mean(Times::step);
    add(table, "computation", mean(Times::compute), step);
    add(table, "waiting for the slowest task", mean(Times::waiting), step);
    add(table, "the driver's own work", mean(Times::driver), step);
    add(table, "transport and scheduling", mean(Times::transport), step);
    add(table, "update", mean(Times::update), step);
    return table.row(List.of("all", Digits.text(step), ""), true);
  }

  private double mean(ToDoubleFunction<Times> figure) {
    return steps.mean(group -> figure.applyAsDouble(group.times()));
  }

  private static void add(Table table, String name, double ms, double step) {
    String share = Digits.text(100 * ms / step) + " %";
    table.row(List.of(name, Digits.text(ms), share));
  }
}
