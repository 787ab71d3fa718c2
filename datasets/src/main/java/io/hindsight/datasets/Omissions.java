package io.hindsight.datasets;

import io.hindsight.datasets.LeftOut.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of the data takes no part.
 *
 * @param read sequences that were read
 * @param leftOut those of them that are left out, in the order of their ids
 */
public record Omissions(int read, List<LeftOut> leftOut) {
  /** How many of the ids that are left out are listed. */
  public static final int LISTED = 10;

  public Omissions {
    leftOut = List.copyOf(leftOut);
  }

  /** Nothing is left out of so many sequences. */
  static Omissions none(int read) {
    return new Omissions(read, List.of());
  }

  /** The number of sequences that are left out for a reason. */
  public long count(Reason reason) {
    return leftOut.stream().filter(one -> one.reason() == reason).count();
  }

  /** The first ids that are left out. */
  public List<String> firstIds() {
    return leftOut.stream().limit(LISTED).map(LeftOut::id).toList();
  }

  /** A sentence for each reason that occurs, with the number and the first ids. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      List<LeftOut> concerned = leftOut.stream().filter(one -> one.reason() == reason).toList();
      if (!concerned.isEmpty()) {
        sentences.add(sentence(reason, concerned));
      }
    }
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
