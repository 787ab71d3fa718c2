package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Results as they arrived.
 *
 * @param worker who brought them
 * @param shards whose results they are said to be
 * @param results packed or not
 */
record ReceivedResults(String worker, List<ShardRange> shards, Poll.Results results) {
  /**
   * Unpacks them.
   *
   * @throws IOException if they are malformed, or not of the shards they are said to be of
   */
  List<StepResult> open() throws IOException {
    List<StepResult> opened = results.open();
    BitSet expected = ShardRange.bits(shards);
    for (StepResult result : opened) {
      int first = result.firstShard();
      int end = first + result.shards();
      if (first < 0 || end <= first || expected.nextClearBit(first) < end) {
        throw new IOException(
            "results refused: said to be of the shards %s, but one is of [%d, %d)"
                .formatted(shards, first, end));
      }
      expected.clear(first, end);
    }
    if (!expected.isEmpty()) {
      throw new IOException(
          "results refused: said to be of the shards %s, but %s are not among them"
              .formatted(shards, expected));
    }
    return opened;
  }
}
