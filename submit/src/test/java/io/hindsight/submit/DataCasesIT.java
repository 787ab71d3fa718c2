package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rough tables are trained on by the keys that are documented for them, and all numbers are finite;
 * what is documented to be refused ends with exit code 3 and a message.
 */
class DataCasesIT {
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  static Stream<DataCases.Case> trained() {
    return Stream.concat(DataCases.times(), DataCases.values());
  }

  static Stream<DataCases.Case> refused() {
    return DataCases.refusals();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trained")
  void shouldTrainOnFiniteNumbers(DataCases.Case one) throws IOException {
    FewSteps.train(config(one), 3, folder.resolve("run"), List.of());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void shouldRefuseAsDataThatIsWrong(DataCases.Case one) throws IOException {
    Path run = folder.resolve("run");
    CommandLineRun ended = CommandLineRun.of(FewSteps.command(config(one), run, List.of()));
    assertEquals(3, ended.code(), ended.err());
    assertTrue(ended.err().contains(one.told()), ended.err());
    assertFalse(ended.showsStackTrace(), ended.err());
    assertFalse(Files.exists(run.resolve("model")));
  }

  @Test
  void shouldHoldEachCaseOnce() {
    List<String> titles = Stream.concat(trained(), refused()).map(DataCases.Case::title).toList();
    assertEquals(titles.size(), titles.stream().distinct().count());
    assertTrue(titles.size() > 60, titles.size() + " cases");
  }

  private Path config(DataCases.Case one) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,z,y"));
    lines.addAll(one.rows());
    Path table = Files.write(folder.resolve("table.csv"), lines);
    Path holidays = Files.writeString(folder.resolve("holidays.txt"), "2025-01-13\n");
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        data: {format: csv, path: '%s', options: {header: true}, sequence: id, time: t,
               inputs: [x, z], targets: [y], %s}
        model: {cell: gru, hidden: [4]}
        training: {steps: 3, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
        """
            .formatted(table, one.keys().replace("HOLIDAYS", "'" + holidays + "'")));
  }
}
