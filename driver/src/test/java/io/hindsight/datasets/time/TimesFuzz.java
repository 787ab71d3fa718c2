package io.hindsight.datasets.time;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.rows.Moment;
import io.hindsight.datasets.rows.TimeParts;
import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Texts of a table's ordering columns: one per line, the parts of a time separated by tabs. */
public final class TimesFuzz {
  private TimesFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, TimesFuzz::parse, DataException.class);
  }

  private static void parse(byte[] input) {
    List<String> lines = new String(input, StandardCharsets.UTF_8).lines().limit(64).toList();
    List<Moment> moments = lines.stream().map(TimesFuzz::moment).toList();
    if (moments.isEmpty()) {
      return;
    }
    List<Moment> sorted = moments.stream().sorted(Moment.order(moments, Moment::text)).toList();
    List<String> times = sorted.stream().map(Moment::text).distinct().toList();
    TimePoints.numbers(times).ifPresent(points -> look(TimeStep.Unit.NUMBER, points, times));
    TimePoints.dates(times).ifPresent(points -> look(TimeStep.Unit.SECONDS, points, times));
    TimePoints.dates(times).ifPresent(points -> look(TimeStep.Unit.MONTHS, points, times));
  }

  private static Moment moment(String line) {
    return Moment.ofText(TimeParts.join(List.of(line.split("\t", -1))));
  }

  private static void look(TimeStep.Unit unit, TimePoints points, List<String> times) {
    TimeStep step = TimeStep.of(unit, 1);
    step.positions(points);
    Optional<String> later = step.later(times.get(0), 2, 31);
    if (later.isPresent() && unit != TimeStep.Unit.NUMBER) {
      DateForm.of(later.get());
    }
  }
}
