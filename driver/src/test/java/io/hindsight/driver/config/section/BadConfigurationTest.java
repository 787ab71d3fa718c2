package io.hindsight.driver.config.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of mistake is told with its place and its remedy, and nothing else is told. */
class BadConfigurationTest {
  private static final String FILE = "conf/x.yaml";

  private static final String GOOD_AFTER_DATA =
      """

      model: {cell: gru, hidden: [8]}
      training: {epochs: 1, optimizer: {type: sgd, learning-rate: 1}, bptt: {window: 5}}
      """;

  private static final String GOOD =
      """
      name: good
      seed: 1
      data:
        format: csv
        path: x.csv
        sequence: id
        time: t
        inputs: [x]
        targets: [y]
        target-kind: value
        horizon: 1
        scale: none
        split: {by: time, validation: 0.1, test: 0.1}
      model:
        cell: lstm
        hidden: [8]
        output: {activation: identity, at: every-step, loss: squared-error}
      training:
        steps: 100
        batch: 32
        bptt: {window: 10, stride: 10, carry-state: true}
        optimizer: {type: adam, learning-rate: 1e-3}
        schedule: {type: cosine, warmup-steps: 10}
        clip: {norm: 1}
        early-stopping: {patience: 5}
        checkpoint: {every-steps: 50}
      """;

  /**
   * One mistake.
   *
   * @param title how the table has it
   * @param yaml the bad configuration
   * @param overrides the bad overrides
   * @param told every problem that is told, a line each
   */
  private record Mistake(String title, String yaml, List<String> overrides, String told) {
    @Override
    public String toString() {
      return title;
    }
  }

  /** The table: blocks of a mistake and, after exclamation marks, what is told about it. */
  static Stream<Mistake> mistakes() throws IOException {
    try (InputStream in =
        BadConfigurationTest.class.getResourceAsStream("/config/bad-configurations.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(table.strip().split("\n\n"))
          .filter(block -> !block.startsWith("#"))
          .map(BadConfigurationTest::mistake);
    }
  }

  private static Mistake mistake(String block) {
    List<String> lines = block.lines().toList();
    String title = lines.get(0);
    String told =
        lines.stream()
            .skip(1)
            .map(line -> line.substring("! ".length()))
            .collect(Collectors.joining("\n"));
    if (title.startsWith("--set ")) {
      return new Mistake(title, GOOD, List.of(title.substring("--set ".length())), told);
    }
    String[] change = title.split(" => ", 2);
    String to = change[1].equals("(nothing)") ? "" : change[1].translateEscapes();
    return new Mistake(title, changed(change[0].translateEscapes(), to), List.of(), told);
  }

  private static String changed(String from, String to) {
    return switch (from) {
      case "(everything)" -> to;
      case "(data)" -> "data: " + to + GOOD_AFTER_DATA;
      default -> {
        assertTrue(GOOD.contains(from), from);
        yield GOOD.replace(from, to);
      }
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void shouldTellEachMistakeWithPlaceAndRemedy(Mistake mistake) {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> ConfigReader.read(mistake.yaml(), FILE, mistake.overrides()));
    assertEquals(mistake.told(), e.getMessage().replace(FILE + ":", ""));
    for (ConfigProblem problem : e.problems()) {
      assertFalse(problem.message().isBlank());
      assertFalse(problem.remedy().isBlank());
    }
  }

  @Test
  void shouldHoldAtLeastThirtyMistakes() throws IOException {
    assertTrue(mistakes().map(Mistake::told).distinct().count() >= 30);
  }

  @Test
  void shouldTellWhateverIsTyped() {
    long seed = 11;
    Random random = new Random(seed);
    String typed = "\n\t :,[]{}\"'#&*!|>%@`-?~0e.\u00e4x";
    for (int i = 0; i < 3000; i++) {
      StringBuilder yaml = new StringBuilder(GOOD);
      for (int slips = random.nextInt(4); slips >= 0; slips--) {
        int at = random.nextInt(yaml.length());
        int end = Math.min(yaml.length(), at + random.nextInt(8));
        yaml.replace(at, end, "" + typed.charAt(random.nextInt(typed.length())));
      }
      try {
        ConfigReader.read(yaml.toString(), FILE, List.of());
      } catch (ConfigException e) {
        assertFalse(e.problems().isEmpty());
      } catch (RuntimeException e) {
        fail("seed " + seed + ", slip " + i + ":\n" + yaml, e);
      }
    }
  }

  @Test
  void shouldAcceptTheConfigurationWithoutMistakes() {
    assertEquals("good", ConfigReader.read(GOOD, FILE, List.of()).name());
  }
}
