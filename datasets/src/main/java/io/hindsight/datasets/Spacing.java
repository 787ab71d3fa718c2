package io.hindsight.datasets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * How evenly the rows of a table follow each other in time.
 *
 * @param step the most common time from one row to the next; absent if the times are texts of which
 *     only the order is known
 * @param byTime whether horizon and baselines look up by time, rather than count rows
 * @param steps steps from one row to the next, of all sequences
 * @param even of those, one step long, each by the step its sequence is measured by
 * @param gaps longer ones
 * @param missing rows that would fill the gaps
 * @param shorter shorter ones
 * @param longest the longest gap; absent if there is none
 * @param withoutTarget rows that have no other at the time of their target, though the sequence
 *     goes on
 * @param ownStep sequences that have another step than the most common, and are measured by it
 */
public record Spacing(
    Optional<String> step,
    boolean byTime,
    long steps,
    long even,
    long gaps,
    long missing,
    long shorter,
    Optional<Gap> longest,
    long withoutTarget,
    int ownStep) {
  /**
   * Two neighbouring rows far apart.
   *
   * @param length the time between them
   * @param sequence id of their sequence
   * @param from time of the first, as it was read
   * @param to time of the second
   */
  public record Gap(String length, String sequence, String from, String to)
      implements Serializable {}

  /** Whether every step is as long as the next. */
  public boolean isEven() {
    return even == steps;
  }

  /** The share of steps that are gaps. */
  public double gapShare() {
    return (double) gaps / steps;
  }

  /**
   * These figures as JSON: {@code step} and {@code longest_gap} are null where there is none,
   * {@code by} is {@code time} or {@code rows}.
   */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("step", step.orElse(null)).put("by", byTime ? "time" : "rows");
    json.put("steps", steps).put("even", even).put("gaps", gaps).put("gap_share", gapShare());
    json.put("missing_rows", missing).put("shorter", shorter);
    json.putNull("longest_gap");
    longest.ifPresent(
        gap ->
            json.putObject("longest_gap")
                .put("length", gap.length())
                .put("sequence", gap.sequence())
                .put("from", gap.from())
                .put("to", gap.to()));
    json.put("rows_without_target", withoutTarget).put("sequences_of_other_step", ownStep);
    return json;
  }

  /** How uneven the steps are, and what follows from it, in sentences. */
  public String describe() {
    if (step.isEmpty()) {
      return "The times cannot be read as numbers or dates: horizon and baselines count rows.";
    }
    if (isEven()) {
      return "The rows are evenly spaced in time, one per %s%s.".formatted(step.get(), others());
    }
    return byTime ? describeTime() : describeRows();
  }

  private String describeTime() {
    return String.format(
        Locale.ROOT,
        "The rows are unevenly spaced in time: the common step is %s; gaps longer than it make %s,"
            + " with %s missing%s%s%s. Horizon and baselines look up by time: there is no target to"
            + " train on or to score for %s.",
        step.get(),
        ofSteps(gaps),
        count(missing, "row"),
        shorter > 0 ? "; shorter ones make " + ofSteps(shorter) : "",
        longest.map(Spacing::describe).orElse(""),
        others(),
        count(withoutTarget, "row"));
  }

  private String describeRows() {
    return String.format(
        Locale.ROOT,
        "The rows are unevenly spaced in time, and no step is common: %s, which comes nearest to it,"
            + " makes %s%s. Horizon and baselines count rows.",
        step.get(),
        ofSteps(even),
        longest.map(Spacing::describe).orElse(""));
  }

  private static String describe(Gap gap) {
    return "; the longest, %s, from %s to %s in sequence '%s'"
        .formatted(gap.length(), gap.from(), gap.to(), gap.sequence());
  }

  private String others() {
    return ownStep == 0 ? "" : "; a step of their own have " + count(ownStep, "sequence");
  }

  private String ofSteps(long some) {
    return String.format(
        Locale.ROOT, "%,d of %s (%.3g %%)", some, count(steps, "step"), 100.0 * some / steps);
  }

  private static String count(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }
}
