package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.windows.Windows;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankedWindowsTest {
  @Test
  void shouldDealRankAfterRankWhateverTheOrderItWasGiven() {
    List<Sequence> sequences = ShardPlanTest.sequences(23);
    List<Window> reversed = new ArrayList<>(Windows.whole(sequences));
    Collections.reverse(reversed);
    for (List<Window> given : List.of(Windows.whole(sequences), reversed)) {
      ShardData data = RankedWindows.of(given).slots(10, 2, 7);
      assertEquals(5, data.slots());
      assertEquals(3, data.size(0));
      assertEquals(2, data.size(1));
      for (int slot = 0; slot < 5; slot++) {
        for (int rank = 0; rank < data.size(slot); rank++) {
          Sequence expected = sequences.get(rank * 10 + 2 + slot);
          assertSame(expected, data.window(slot, rank).sequence());
          assertEquals(expected.length(), data.length(slot, rank));
        }
      }
    }
  }

  @Test
  void shouldHaveAnEmptySlotWhereThereIsNothing() {
    RankedWindows none = RankedWindows.of(List.of());
    assertEquals(0, none.index().size());
    assertEquals(0, none.slots(8, 0, 1).size(0));
  }

  @Test
  void shouldRefuseEqualIdsInAnyOrder() {
    Sequence one = ShardPlanTest.sequence(1, 9);
    List<Window> other = List.of(Window.cut(one, 0, 3), Window.cut(one, 3, 3));
    assertEquals(2, RankedWindows.of(other).index().size());
    for (List<Window> twins :
        List.of(
            List.of(Window.whole(one), Window.whole(one)),
            List.of(Window.cut(one, 3, 2), Window.cut(one, 0, 2), Window.cut(one, 3, 5)))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> RankedWindows.of(twins)).getMessage();
      assertEquals("two sequences have the id " + twins.get(0).id(), message);
    }
  }
}
