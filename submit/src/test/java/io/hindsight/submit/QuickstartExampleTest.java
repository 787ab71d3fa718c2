package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java of conf/README.md does what conf/README.md says. */
class QuickstartExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/hindsight/submit/QuickstartExample.java");

  @Test
  void shouldMakeTheConfigurationOfThePreset() {
    RunConfig preset = ConfigReader.read(Path.of("../conf/quickstart.yaml"), List.of());
    assertEquals(preset, QuickstartExample.quickstart());
  }

  @Test
  void shouldPrintWhatTheReaderReads() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      QuickstartExample.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    String yaml = printed.toString(StandardCharsets.UTF_8);
    assertEquals(
        QuickstartExample.quickstart(), ConfigReader.read(yaml, "printed.yaml", List.of()));
  }

  @Test
  void shouldBeTheCodeOfTheDocument() throws IOException {
    List<String> blocks = Documents.blocks(Path.of("../conf/README.md"), "java");
    assertEquals(1, blocks.size());
    assertTrue(Files.readString(SOURCE).contains(blocks.get(0).indent(2)), blocks.get(0));
  }
}
