package io.hindsight.datasets.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.split.IdSplit.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashCountsTest {
  private static final int PARTITIONS = 7;

  @Test
  void shouldFindTheKeyOfAnyRankInOneRangeOfHashes() {
    List<Key> all = keys(3_000);
    HashCounts counts = counts(all);
    List<Key> sorted = all.stream().sorted().toList();
    for (int rank = 0; rank < sorted.size(); rank += 13) {
      int range = counts.rangeOf(rank);
      HashCounts.Keys some = keysOf(all, Set.of(range));
      assertEquals(sorted.get(rank), some.ranked(counts, rank));
      assertEquals(range, HashCounts.range(sorted.get(rank).hash()));
    }
    assertEquals(sorted.size(), counts.total());
    assertTrue(counts.rangeOf(sorted.size()) > counts.rangeOf(sorted.size() - 1));
  }

  @Test
  void shouldDivideIdsOfOneHashByTheirTexts() {
    List<Key> all = new ArrayList<>();
    for (String id : List.of("d", "a", "c", "b", "e")) {
      all.add(new Key(-5, id));
    }
    HashCounts counts = counts(all);
    HashCounts.Keys keys = keysOf(all, Set.of(HashCounts.range(-5)));
    IdSplit split =
        IdSplit.of(rank -> keys.ranked(counts, rank), all.size(), new Split(Split.By.ID, 1, 2));

    assertEquals(Part.TEST, split.part(new Key(-5, "b")));
    assertEquals(Part.VALIDATION, split.part(new Key(-5, "c")));
    assertEquals(Part.TRAINING, split.part(new Key(-5, "d")));
    assertEquals(Part.TEST, split.part(new Key(-6, "z")));
  }

  @Test
  void shouldDivideAllIntoTheFirstPartsWhereTheyTakeAll() {
    IdSplit test = IdSplit.of(keys(4).stream().sorted().toList()::get, 4, split(0, 9));
    IdSplit validation = IdSplit.of(keys(4).stream().sorted().toList()::get, 4, split(9, 0));

    assertEquals(IdSplit.ALL_TEST, test);
    for (Key key : keys(4)) {
      assertEquals(Part.TEST, test.part(key));
      assertEquals(Part.VALIDATION, validation.part(key));
    }
  }

  private static Split split(double validation, double test) {
    return new Split(Split.By.ID, validation, test);
  }

  private static List<Key> keys(int count) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(Key.of(11, "sequence " + i));
    }
    return keys;
  }

  private static HashCounts counts(List<Key> all) {
    List<HashCounts> parts = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      parts.add(new HashCounts());
    }
    all.forEach(key -> parts.get(Math.floorMod(key.id().hashCode(), PARTITIONS)).add(key));
    HashCounts counts = new HashCounts();
    parts.forEach(counts::merge);
    return counts;
  }

  private static HashCounts.Keys keysOf(List<Key> all, Set<Integer> ranges) {
    HashCounts.Keys keys = new HashCounts.Keys(ranges);
    HashCounts.Keys other = new HashCounts.Keys(ranges);
    for (int i = 0; i < all.size(); i++) {
      (i % 2 == 0 ? keys : other).add(all.get(i));
    }
    keys.merge(other);
    return keys;
  }
}
