package io.hindsight.datasets.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowBlocksTest {
  @Test
  void shouldServeEightWindowsAtATimeAndTheRestAtLast() {
    WindowBlocks blocks = WindowBlocks.whole(sequences(19));
    assertEquals(3, blocks.blocks());
    assertEquals(List.of(8, 8, 3), sizes(blocks));
    assertEquals("s9", blocks.block(1).get(1).id());
    assertEquals(0, WindowBlocks.whole(List.of()).blocks());
    assertTrue(WindowBlocks.whole(List.of()).isEmpty());
    assertFalse(blocks.isEmpty());
  }

  @Test
  void shouldServeCutWindowsOverTheBordersOfBlocksAndSequences() {
    List<Sequence> sequences = sequences(19);
    WindowBlocks cut = Windows.scoring(WindowBlocks.whole(sequences), 4, 2);
    List<Window> expected = new ArrayList<>();
    for (Sequence sequence : sequences) {
      Windows.scoring(WindowBlocks.whole(List.of(sequence)), 4, 2).forEach(expected::add);
    }
    assertEquals(expected.size(), cut.size());
    assertEquals(expected, cut.stream().toList());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), cut.block(i / 8).get(i % 8));
    }
  }

  @Test
  void shouldAskForABlockWhenItIsReachedOnly() {
    List<Integer> asked = new ArrayList<>();
    List<Integer> alone = new ArrayList<>();
    WindowBlocks whole = WindowBlocks.whole(sequences(20));
    WindowBlocks watched =
        new WindowBlocks() {
          @Override
          public int size() {
            return whole.size();
          }

          @Override
          public List<Window> block(int block) {
            asked.add(block);
            return whole.block(block);
          }

          @Override
          public Window window(int index) {
            alone.add(index);
            return whole.window(index);
          }
        };
    Iterator<Window> windows = watched.map(window -> window.scoredFrom(1)).iterator();
    for (int i = 0; i < 9; i++) {
      assertEquals(1, windows.next().scoredFrom());
    }
    assertEquals(List.of(0, 1), asked);
    asked.clear();
    WindowBlocks cut = Windows.scoring(watched, 4, 2);
    assertEquals(List.of(0, 1, 2), asked, "once to cut");
    asked.clear();
    assertEquals("s0@0000000000", cut.block(0).get(0).id());
    assertEquals(List.of(), asked);
    assertEquals(List.of(0, 1, 2, 3, 4), alone, "whose windows are in the block");
  }

  private static List<Integer> sizes(WindowBlocks blocks) {
    return IntStream.range(0, blocks.blocks()).mapToObj(b -> blocks.block(b).size()).toList();
  }

  private static List<Sequence> sequences(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Sequence.ofTokens("s" + i, new int[3 + i % 7]))
        .toList();
  }
}
