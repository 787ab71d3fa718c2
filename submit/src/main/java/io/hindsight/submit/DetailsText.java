package io.hindsight.submit;

import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.kind.ClassFigures;
import io.hindsight.driver.score.kind.TargetErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of single targets and classes as tables for people. */
final class DetailsText {
  private static final int MOST_LINES = 100;
  private static final int LARGEST_MATRIX = 12;
  private static final int LABEL = 20;
  private static final int LONGEST_NAME = 40;
  private static final int CELL = 12;

  private DetailsText() {}

  /** The tables that there are, each after an empty line; as far as they can be read. */
  static String of(Details details) {
    List<String> lines = new ArrayList<>();
    if (!details.byTarget().isEmpty()) {
      addTargets(lines, details.byTarget());
    }
    if (!details.byHorizon().isEmpty()) {
      addHorizons(lines, details.byHorizon());
    }
    if (!details.byClass().isEmpty()) {
      addClasses(lines, details.byClass());
    }
    if (!details.confusion().isEmpty()) {
      addConfusion(lines, List.copyOf(details.byClass().keySet()), details.confusion());
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(System.lineSeparator()).append(line.stripTrailing()));
    return text.toString();
  }

  private static void addTargets(List<String> lines, Map<String, TargetErrors> errors) {
    int width = width(errors.keySet());
    lines.add("");
    lines.add(row("by target", width, List.of("rmse", "mae")));
    errors.entrySet().stream()
        .limit(MOST_LINES)
        .map(e -> row(e.getKey(), width, numbers(e.getValue().rmse(), e.getValue().mae())))
        .forEach(lines::add);
    addRest(lines, errors.size());
  }

  private static void addHorizons(List<String> lines, List<HorizonErrors> errors) {
    lines.add("");
    lines.add(row("by horizon", LABEL, List.of("rmse", "mae", "mase")));
    for (int h = 0; h < Math.min(errors.size(), MOST_LINES); h++) {
      HorizonErrors of = errors.get(h);
      lines.add(row(Integer.toString(h + 1), LABEL, numbers(of.rmse(), of.mae(), of.mase())));
    }
    addRest(lines, errors.size());
  }

  private static void addClasses(List<String> lines, Map<String, ClassFigures> figures) {
    int width = width(figures.keySet());
    lines.add("");
    boolean curves = figures.values().stream().anyMatch(of -> !Double.isNaN(of.rocAuc()));
    List<String> head = new ArrayList<>(List.of("precision", "recall", "f1", "support"));
    if (curves) {
      head.add("roc_auc");
    }
    lines.add(row("by class", width, head));
    figures.entrySet().stream()
        .limit(MOST_LINES)
        .map(e -> row(e.getKey(), width, cells(e.getValue(), curves)))
        .forEach(lines::add);
    addRest(lines, figures.size());
  }

  private static List<String> cells(ClassFigures of, boolean curves) {
    List<String> cells = new ArrayList<>(numbers(of.precision(), of.recall(), of.f1()));
    cells.add(Long.toString(of.support()));
    if (curves) {
      cells.addAll(numbers(of.rocAuc()));
    }
    return cells;
  }

  private static void addConfusion(
      List<String> lines, List<String> names, List<List<Long>> confusion) {
    lines.add("");
    if (names.size() > LARGEST_MATRIX) {
      lines.add(
          "%-20s left out: %d classes are too many to read; --json has it"
              .formatted("confusion", names.size()));
      return;
    }
    int width = width(names);
    lines.add("confusion: a row per true class, a column per answer");
    List<List<String>> rows = new ArrayList<>(List.of(names));
    confusion.forEach(row -> rows.add(row.stream().map(String::valueOf).toList()));
    int cell =
        rows.stream().flatMap(List::stream).mapToInt(s -> oneLine(s).length()).max().orElse(0);
    for (int r = 0; r < rows.size(); r++) {
      lines.add(row(r == 0 ? "" : names.get(r - 1), width, rows.get(r), Math.min(CELL, cell)));
    }
  }

  private static void addRest(List<String> lines, int all) {
    if (all > MOST_LINES) {
      lines.add("... and %d more with --json".formatted(all - MOST_LINES));
    }
  }

  private static List<String> numbers(double... values) {
    List<String> numbers = new ArrayList<>();
    for (double value : values) {
      numbers.add(Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.6g", value));
    }
    return numbers;
  }

  private static String row(String name, int width, List<String> cells) {
    return row(name, width, cells, CELL);
  }

  private static String row(String name, int width, List<String> cells, int cellWidth) {
    StringBuilder row = new StringBuilder(padded(name, width));
    cells.forEach(cell -> row.append(' ').append(padded(cell, cellWidth)));
    return row.toString();
  }

  private static int width(Collection<String> names) {
    int longest = names.stream().mapToInt(name -> oneLine(name).length()).max().orElse(0);
    return Math.max(LABEL, Math.min(LONGEST_NAME, longest));
  }

  private static String padded(String name, int width) {
    String text = oneLine(name);
    String cut = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    return cut + " ".repeat(width - cut.length());
  }

  private static String oneLine(String name) {
    return name.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }
}
