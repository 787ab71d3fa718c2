package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ByteCountTest {
  @Test
  void shouldWriteThreeDigitsAndAUnit() {
    assertEquals("0 B", ByteCount.text(0));
    assertEquals("1023 B", ByteCount.text(1023));
    assertEquals("1.50 KiB", ByteCount.text(1536));
    assertEquals("15.0 MiB", ByteCount.text(15L << 20));
    assertEquals("200 GiB", ByteCount.text(200L << 30));
  }

  @Test
  void shouldWriteSettingsThatJavaAndSparkRead() {
    assertEquals("1m", ByteCount.setting(1));
    assertEquals("900m", ByteCount.setting(900L << 20));
    assertEquals("3g", ByteCount.setting((2L << 30) + 1));
  }
}
