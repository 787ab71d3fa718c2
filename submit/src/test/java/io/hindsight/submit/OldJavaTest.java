package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the main class does in a Java that cannot load the others. */
class OldJavaTest {
  private static final int JAVA_8 = 52;
  private static final int MAGIC = 0xCAFEBABE;

  @Test
  void shouldBeReadableToJava8() throws IOException {
    try (DataInputStream file =
        new DataInputStream(Hindsight.class.getResourceAsStream("Hindsight.class"))) {
      assertEquals(MAGIC, file.readInt());
      assertEquals(0, file.readUnsignedShort());
      assertEquals(JAVA_8, file.readUnsignedShort());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7", "1.8", "9", "11", "16"})
  void shouldBeRefusedInOneLine(String version) {
    String refusal = Hindsight.refusal(version);
    assertEquals(1, refusal.lines().count(), refusal);
    assertTrue(refusal.startsWith("this is Java " + version + " in '"), refusal);
    assertTrue(refusal.contains("17 or newer is needed; set JAVA_HOME"), refusal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21", "25", "100"})
  void shouldBeFineFrom17On(String version) {
    assertEquals("", Hindsight.refusal(version));
  }
}
