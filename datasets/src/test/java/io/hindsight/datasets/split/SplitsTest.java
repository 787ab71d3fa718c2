package io.hindsight.datasets.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.spec.Split;
import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {
  @Test
  void shouldPutExactlyTheRoundedShareOfIdsIntoEachPart() {
    EncodedData.Parts parts = Splits.byId(sequences(37), new Split(Split.By.ID, 0.1, 0.25), 5);

    assertEquals(9, parts.test().size());
    assertEquals(4, parts.validation().size());
    assertEquals(24, parts.training().size());
    Set<String> all = new HashSet<>(ids(parts.test()));
    all.addAll(ids(parts.validation()));
    all.addAll(ids(parts.training()));
    assertEquals(37, all.size());
    assertEquals(0, parts.test().get(0).firstTarget());
  }

  @Test
  void shouldSplitByIdWhateverTheOrderOfReading() {
    Split split = new Split(Split.By.ID, 5, 5);
    List<Sequence> shuffled = new ArrayList<>(sequences(30));
    Collections.reverse(shuffled);

    assertEquals(
        ids(Splits.byId(sequences(30), split, 5).test()),
        ids(Splits.byId(shuffled, split, 5).test()));
    assertNotEquals(
        ids(Splits.byId(sequences(30), split, 5).test()),
        ids(Splits.byId(sequences(30), split, 6).test()));
  }

  @Test
  void shouldDivideIdsOfOneHashByTheIds() {
    String first = "8yn0iYCKYHlIj4-BwPqk"; // FNV-1a is the same of both
    String second = "GReLUrM4wMqfg9yzV3KQ";
    assertEquals(IdSplit.Key.of(7, first).hash(), IdSplit.Key.of(7, second).hash());

    for (int test = 0; test <= 2; test++) {
      for (int validation = 0; validation <= 2 - test; validation++) {
        Split split = new Split(Split.By.ID, validation, test);
        List<Sequence> both = List.of(sequence(second), sequence(first));
        EncodedData.Parts parts = Splits.byId(both, split, 7);
        List<String> order = new ArrayList<>(ids(parts.test()));
        order.addAll(ids(parts.validation()));
        order.addAll(ids(parts.training()));
        assertEquals(List.of(first, second), order);
        assertEquals(test, parts.test().size());
        assertEquals(validation, parts.validation().size());
      }
    }
  }

  @Test
  void shouldKeepTheHistoryOfLaterPartsUnscored() {
    EncodedData.Parts parts = Splits.byTime(sequences(2), new Split(Split.By.TIME, 0.2, 3));

    assertEquals(5, parts.training().get(1).length());
    assertEquals(7, parts.validation().get(1).length());
    assertEquals(5, parts.validation().get(1).firstTarget());
    assertEquals(10, parts.test().get(1).length());
    assertEquals(7, parts.test().get(1).firstTarget());
  }

  @Test
  void shouldReadSizesAsSharesOrWholeNumbers() {
    assertEquals(2, Split.count(0.2, 10));
    assertEquals(3, Split.count(3, 10));
    assertEquals(10, Split.count(48, 10));
    assertTrue(Split.isSize(0) && Split.isSize(0.3) && Split.isSize(48));
    assertFalse(Split.isSize(-0.1) || Split.isSize(1.5) || Split.isSize(Double.NaN));
  }

  private static List<String> ids(List<Sequence> part) {
    return part.stream().map(Sequence::id).toList();
  }

  private static List<Sequence> sequences(int count) {
    return IntStream.range(0, count).mapToObj(i -> sequence("s%03d".formatted(i))).toList();
  }

  private static Sequence sequence(String id) {
    return Sequence.ofFeatures(id, new double[10], 10).withTargets(new double[10]);
  }
}
