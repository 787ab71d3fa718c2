package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void shouldWriteThreeDigitsAndAUnit() {
    assertEquals("0 B", Bytes.text(0));
    assertEquals("1023 B", Bytes.text(1023));
    assertEquals("1.50 KiB", Bytes.text(1536));
    assertEquals("15.0 MiB", Bytes.text(15L << 20));
    assertEquals("200 GiB", Bytes.text(200L << 30));
  }

  @Test
  void shouldWriteSettingsThatJavaAndSparkRead() {
    assertEquals("1m", Bytes.setting(1));
    assertEquals("900m", Bytes.setting(900L << 20));
    assertEquals("3g", Bytes.setting((2L << 30) + 1));
  }
}
