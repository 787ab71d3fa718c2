package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.sums.Total;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Errors by the length of sequences, from one power of two to the next. */
final class LengthBins {
  private final LookKind kind;

  /** What is summed of the sequences of about a length. */
  private static final class Bin {
    private final Total sum = new Total();
    private long sequences;
    private long targets;
  }

  LengthBins(LookKind kind) {
    this.kind = kind;
  }

  void put(ArrayNode array, List<Sample> samples) {
    Map<Integer, Bin> bins = new TreeMap<>();
    for (Sample sample : samples) {
      Bin bin = bins.computeIfAbsent(Integer.highestOneBit(sample.length()), from -> new Bin());
      bin.sum.add(sample.look().sum());
      bin.targets += sample.look().targets();
      bin.sequences++;
    }
    bins.forEach((from, bin) -> put(array.addObject(), from, bin));
  }

  private void put(ObjectNode node, int from, Bin bin) {
    node.put("from", from).put("to", 2L * from - 1).put("sequences", bin.sequences);
    node.put("targets", bin.targets);
    Numbers.put(node, "error", kind.error(bin.sum.value(), bin.targets));
  }
}
