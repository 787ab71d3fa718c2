package io.hindsight.kernels.panel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AlignedMemoryTest {
  /** 16 bytes before an array's numbers, 8 for each before the panels. */
  private static boolean beginOnLine(PanelView panels) {
    return (16 + 8 * panels.at(0)) % 64 == 0;
  }

  @Test
  void shouldBeginEveryPanelOnALineOfAnArrayThatDoes() {
    AlignedMemory memory = new AlignedMemory(1000);
    for (int rows = 1; rows < 40; rows++) {
      PanelView panels = memory.panels(3, rows);
      assertTrue(beginOnLine(panels), rows + " rows");
      assertEquals(8 * rows, panels.stride());
    }
  }

  @Test
  void shouldShareAnArrayOfTheLeastLengthBetweenSmallPanelsThatDoNotOverlap() {
    AlignedMemory memory = new AlignedMemory(1000);
    PanelView first = memory.panels(5, 3);
    PanelView second = memory.panels(1, 7);
    assertSame(first.array(), second.array());
    assertEquals(1000, first.array().length);
    assertTrue(first.at(5) <= second.at(0));
    assertTrue(second.at(1) <= 1000);
    PanelView third = memory.panels(110, 1); // what is left is too short
    assertNotSame(first.array(), third.array());
    assertEquals(1000, third.array().length);
    assertEquals(8 * (120 + 56 + 880), memory.bytes());
  }

  @Test
  void shouldGiveLargePanelsAnArrayAsLongAsTheyNeed() {
    AlignedMemory memory = new AlignedMemory(1000);
    PanelView small = memory.panels(1, 1);
    PanelView large = memory.panels(125, 1);
    PanelView next = memory.panels(1, 1);
    assertEquals(large.at(125), large.array().length);
    assertSame(small.array(), next.array());
    assertArrayEquals(new double[1006], large.array());
  }

  @Test
  void shouldHoldNoMoreThanIsNeededWhereThePlaceDoesNotMatter() {
    AlignedMemory memory = new AlignedMemory(0);
    assertEquals(6 + 24, memory.panels(1, 3).array().length);
    assertEquals(6 + 16, memory.panels(2, 1).array().length);
    assertEquals(8 * (30 + 22), memory.bytes());
  }

  @Test
  void shouldTakePanelsBackAndKeepTheArrayThatTheyShared() {
    AlignedMemory memory = new AlignedMemory(1000);
    PanelView before = memory.panels(2, 3);
    before.array()[before.at(1)] = 5;
    memory.panels(200, 1);
    memory.clear();
    assertEquals(0, memory.bytes());
    PanelView after = memory.panels(3, 2);
    assertSame(before.array(), after.array());
    assertTrue(beginOnLine(after));
    assertArrayEquals(new double[1000], after.array());
    AlignedMemory exact = new AlignedMemory(0);
    exact.panels(1, 1);
    exact.clear();
    assertEquals(0, exact.panels(1, 1).array()[6]);
  }

  @Test
  void shouldRefuseMoreElementsThanAnArrayHas() {
    AlignedMemory memory = new AlignedMemory(1000);
    assertThrows(ArithmeticException.class, () -> memory.panels(1 << 20, 1 << 10));
  }

  /** Half of the region that G1 chooses: 1 MB to 32 MB, such that the heap has some 2,048. */
  @Test
  void shouldTakeHalfARegionForLarge() {
    long bytes = 8L * AlignedMemory.leastAligned();
    assertTrue(bytes >= 1 << 19 && bytes <= 1 << 24);
    assertEquals(1, Long.bitCount(bytes));
  }
}
