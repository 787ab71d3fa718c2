package io.hindsight.driver.metrics;

import io.hindsight.fuzz.Parsing;
import java.nio.charset.StandardCharsets;

/** Lines of {@code metrics.jsonl} when a run resumes; none is refused, some are dropped. */
public final class MetricsFuzz {
  private MetricsFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, MetricsFuzz::parse);
  }

  private static void parse(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    text.lines().forEach(line -> MetricsLines.isWithin(line, 7));
  }
}
