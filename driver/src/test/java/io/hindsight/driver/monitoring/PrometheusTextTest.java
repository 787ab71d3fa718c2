package io.hindsight.driver.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  @Test
  void shouldBeReadAsItsDefinitionSays() {
    String awkward = "a \"quoted\" C:\\new\nline, ä}";
    PrometheusText text = new PrometheusText();
    text.add("b_total", "Two\nlines \\ here.", Map.of("run", awkward), 3);
    text.add("a", "A.", Map.of("x", "1", "run", ""), -0.25);
    text.add("b_total", "Two\nlines \\ here.", Map.of("run", "other"), 1e300);
    text.add("a", "A.", Map.of(), 1e-7);

    String written = new String(text.toBytes(), UTF_8);
    Exposition read = Exposition.read(written);
    assertEquals(3, read.value("b_total", Map.of("run", awkward)));
    assertEquals(1e300, read.value("b_total", Map.of("run", "other")));
    assertEquals(-0.25, read.value("a", Map.of("run", "", "x", "1")));
    assertEquals(1e-7, read.value("a", Map.of()));
    assertEquals("counter", read.type("b_total"));
    assertEquals("gauge", read.type("a"));
    assertTrue(written.contains("# HELP b_total Two\\nlines \\\\ here.\n"), written);
    assertTrue(written.contains("b_total{run=\"a \\\"quoted\\\" C:\\\\new\\nline, ä}\"} 3\n"));
  }

  @Test
  void shouldWriteWhatIsNotFinite() {
    PrometheusText text = new PrometheusText();
    text.add("a", "A.", Map.of("n", "1"), Double.NaN);
    text.add("a", "A.", Map.of("n", "2"), Double.POSITIVE_INFINITY);
    text.add("a", "A.", Map.of("n", "3"), Double.NEGATIVE_INFINITY);

    Exposition read = Exposition.read(new String(text.toBytes(), UTF_8));
    assertEquals(Double.NaN, read.value("a", Map.of("n", "1")));
    assertEquals(Double.POSITIVE_INFINITY, read.value("a", Map.of("n", "2")));
    assertEquals(Double.NEGATIVE_INFINITY, read.value("a", Map.of("n", "3")));
  }
}
