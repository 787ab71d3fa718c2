package io.hindsight.datasets;

import io.hindsight.datasets.LeftOut.Reason;
import io.hindsight.datasets.columns.FilledValues;
import io.hindsight.datasets.columns.UnknownCategories;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of the data takes no part.
 *
 * @param read sequences that were read
 * @param leftOut those of them that are left out
 * @param unseen what training did not see; absent where there is nothing of the kind
 * @param categories what is read as unknown of columns of categories
 * @param filled what is missing, and filled, of input columns
 * @param changes rows that were merged, and steps that were put in
 * @param boundaries what parts leave out because another one follows
 */
public record Omissions(
    int read,
    LeftOutTally leftOut,
    Optional<Unseen> unseen,
    List<UnknownCategories> categories,
    List<FilledValues> filled,
    RowChanges changes,
    Boundaries boundaries) {
  /** How many of the ids that are left out, or of what is unknown, are listed. */
  public static final int LISTED = 10;

  /**
   * Characters or class labels that are not scored, for training did not see them.
   *
   * @param sentence all about them
   * @param distinct how many different ones there are
   * @param occurrences how often one occurs, all together
   */
  public record Unseen(String sentence, int distinct, long occurrences) {}

  /**
   * What parts leave out because another one follows.
   *
   * @param steps those of the embargo before it
   * @param targets values of steps ahead that lie in it
   */
  public record Boundaries(long steps, long targets) implements Serializable {
    /** Nothing. */
    public static final Boundaries NONE = new Boundaries(0, 0);

    /** A sentence for each kind that occurs. */
    List<String> sentences() {
      List<String> sentences = new ArrayList<>();
      if (steps > 0) {
        sentences.add(
            "left out %s by the embargo before validation and test parts (data.split.embargo)"
                .formatted(Count.of(steps, "row")));
      }
      if (targets > 0) {
        sentences.add(
            "left out %s of steps ahead that lie behind the part of their step (data.split)"
                .formatted(Count.of(targets, "target")));
      }
      return sentences;
    }

    /** Both. */
    public Boundaries plus(Boundaries other) {
      return new Boundaries(steps + other.steps, targets + other.targets);
    }
  }

  /** Of rows that are read as they are. */
  public Omissions(
      int read, LeftOutTally leftOut, Optional<Unseen> unseen, List<UnknownCategories> categories) {
    this(read, leftOut, unseen, categories, List.of(), RowChanges.NONE, Boundaries.NONE);
  }

  /** Of a table whose sequences were read. */
  public static Omissions of(int read, List<LeftOut> leftOut) {
    return new Omissions(read, LeftOutTally.of(leftOut), Optional.empty(), List.of());
  }

  /** Nothing is left out of so many sequences. */
  public static Omissions none(int read) {
    return of(read, List.of());
  }

  /** The same with what training did not see. */
  public Omissions with(Optional<Unseen> found) {
    return new Omissions(read, leftOut, found, categories, filled, changes, boundaries);
  }

  /** The same with categories that are read as unknown. */
  public Omissions with(List<UnknownCategories> found) {
    return new Omissions(read, leftOut, unseen, found, filled, changes, boundaries);
  }

  /** The same with input values that are missing. */
  public Omissions withFilled(List<FilledValues> found) {
    return new Omissions(read, leftOut, unseen, categories, found, changes, boundaries);
  }

  /** The same of a table whose rows were changed. */
  public Omissions with(RowChanges found) {
    return new Omissions(read, leftOut, unseen, categories, filled, found, boundaries);
  }

  /** The same of parts of which others follow. */
  public Omissions with(Boundaries found) {
    return new Omissions(read, leftOut, unseen, categories, filled, changes, found);
  }

  /** The number of sequences that are left out for a reason. */
  public long count(Reason reason) {
    return leftOut.count(reason);
  }

  /** The first ids that are left out. */
  public List<String> firstIds() {
    return leftOut.first().stream().map(LeftOut::id).toList();
  }

  /** A sentence for each kind that occurs, with its number and the first of it. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      if (leftOut.count(reason) > 0) {
        sentences.add(sentence(reason, leftOut.first(reason), leftOut.count(reason)));
      }
    }
    unseen.map(Unseen::sentence).ifPresent(sentences::add);
    categories.forEach(one -> sentences.add(one.sentence()));
    filled.forEach(one -> sentences.add(one.sentence()));
    sentences.addAll(changes.sentences());
    sentences.addAll(boundaries.sentences());
    return sentences;
  }

  private String sentence(Reason reason, List<LeftOut> first, long count) {
    String ids = first.stream().map(LeftOut::id).collect(Collectors.joining(", "));
    long more = count - first.size();
    String why =
        switch (reason) {
          case TOO_SHORT ->
              "fewer than %d steps (data.min-length)".formatted(first.get(0).needed());
          case EMPTY -> "no value in the input or target columns";
          case NO_TARGETS -> "no target at any of its steps";
          case NO_FUTURE -> "no row that is read ahead (data.future)";
        };
    return "left out %d of %s with %s: %s%s"
        .formatted(
            count,
            Count.of(read, "sequence"),
            why,
            ids,
            more > 0 ? " and %d more".formatted(more) : "");
  }
}
