package io.hindsight.datasets;

import io.hindsight.datasets.LeftOut.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of the data takes no part.
 *
 * @param read sequences that were read
 * @param leftOut those of them that are left out, in the order of their ids
 * @param unseen what training did not see; absent where there is nothing of the kind
 */
public record Omissions(int read, List<LeftOut> leftOut, Optional<Unseen> unseen) {
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

  public Omissions {
    leftOut = List.copyOf(leftOut);
  }

  /** Nothing is left out of so many sequences. */
  public static Omissions none(int read) {
    return new Omissions(read, List.of(), Optional.empty());
  }

  /** The same with what training did not see. */
  public Omissions with(Optional<Unseen> found) {
    return new Omissions(read, leftOut, found);
  }

  /** The number of sequences that are left out for a reason. */
  public long count(Reason reason) {
    return leftOut.stream().filter(one -> one.reason() == reason).count();
  }

  /** The first ids that are left out. */
  public List<String> firstIds() {
    return leftOut.stream().limit(LISTED).map(LeftOut::id).toList();
  }

  /** A sentence for each kind that occurs, with its number and the first of it. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      List<LeftOut> concerned = leftOut.stream().filter(one -> one.reason() == reason).toList();
      if (!concerned.isEmpty()) {
        sentences.add(sentence(reason, concerned));
      }
    }
    unseen.map(Unseen::sentence).ifPresent(sentences::add);
    return sentences;
  }

  private String sentence(Reason reason, List<LeftOut> concerned) {
    String ids =
        concerned.stream().limit(LISTED).map(LeftOut::id).collect(Collectors.joining(", "));
    int more = concerned.size() - LISTED;
    String why =
        switch (reason) {
          case TOO_SHORT ->
              "fewer than %d steps (data.min-length)".formatted(concerned.get(0).needed());
          case EMPTY -> "no value in the input or target columns";
          case NO_TARGETS -> "no row at the time of a target";
        };
    return "left out %d of %s with %s: %s%s"
        .formatted(
            concerned.size(),
            Count.of(read, "sequence"),
            why,
            ids,
            more > 0 ? " and %d more".formatted(more) : "");
  }
}
