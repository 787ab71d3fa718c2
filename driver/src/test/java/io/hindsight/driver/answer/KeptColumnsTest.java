package io.hindsight.driver.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.TestRuns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptColumnsTest {
  private static final Answer ANSWER =
      new Answer("a\\/b/c", "t", 0, null, List.of(1.0), null, null);

  private static TableSpec table(String columns) {
    String yaml =
        """
        data: {format: csv, path: x.csv, inputs: [x], targets: [y], split: {by: %s}%s}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    String by = columns.contains("sequence:") ? "id" : "time"; // the only sequence is not divided
    return (TableSpec) TestRuns.config(yaml.formatted(by, columns)).data();
  }

  private static List<String> names(String columns, String... asked) {
    Optional<List<String>> keep =
        asked.length == 0 ? Optional.empty() : Optional.of(List.of(asked));
    return KeptColumns.of(table(columns), keep).all().stream().map(KeptColumn::name).toList();
  }

  @Test
  void shouldKeepIdAndTimeUnderTheirNames() {
    assertEquals(List.of("shop", "day"), names(", sequence: shop, time: day"));
    assertEquals(List.of("sequence", "day"), names(", time: day"));
    assertEquals(List.of("shop"), names(", sequence: shop"));
    assertEquals(List.of("file_name", "day"), names(", sequence: _metadata.file_name, time: day"));
    assertEquals(
        List.of("shop", "item", "time"), names(", sequence: [shop, item], time: [year, month]"));
  }

  @Test
  void shouldKeepWhatIsAskedForInItsOrder() {
    assertEquals(List.of("day", "shop"), names(", sequence: shop, time: day", "day", "shop"));
    assertEquals(List.of("item"), names(", sequence: [shop, item], time: day", "item"));
  }

  @Test
  void shouldKeepOtherColumnsInTheOrderTheyAreReadIn() {
    String columns = ", sequence: shop, time: [year, month]";
    Optional<List<String>> asked =
        Optional.of(List.of("price", "shop", "_metadata.file_name", "month"));
    KeptColumns kept = KeptColumns.of(table(columns), asked);

    assertEquals(
        List.of(
            new KeptColumn("price", Kind.OTHER, 0),
            new KeptColumn("shop", Kind.ID, 0),
            new KeptColumn("file_name", Kind.OTHER, 1),
            new KeptColumn("month", Kind.OTHER, 2)),
        kept.all());
    assertEquals(List.of("price", "_metadata.file_name", "month"), kept.others());
    assertEquals(List.of(), KeptColumns.of(table(columns), Optional.empty()).others());
  }

  @Test
  void shouldRefuseAColumnTwiceInWhateverCase() {
    for (String again : List.of("shop", "Shop", "price", "PRICE")) {
      ConfigException twice =
          assertThrows(
              ConfigException.class,
              () -> names(", sequence: shop, time: day", "shop", "price", again));
      assertTrue(twice.getMessage().startsWith("--keep " + again + ": "), twice.getMessage());
    }
  }

  @Test
  void shouldStepAsideForAColumnOfTheDataThatHasTheNameOfOurs() {
    assertEquals(List.of("sequence_", "sequence"), names(", time: sequence"));
    assertEquals(List.of("Time", "time_"), names(", sequence: Time, time: [year, month]"));
    assertEquals(
        List.of("file_name_", "file_name"),
        names(", sequence: _metadata.file_name, time: file_name"));
  }

  @Test
  void shouldKeepTheDatasColumnWhereBothHaveTheName() {
    Optional<List<String>> both = Optional.of(List.of("time", "sequence", "sequence_"));
    KeptColumns asked = KeptColumns.of(table(", time: [year, month]"), both);
    assertTrue(asked.isAmbiguous());
    assertEquals(
        List.of(
            new KeptColumn("time", Kind.TIME, 0),
            new KeptColumn("sequence", Kind.OTHER, 0),
            new KeptColumn("sequence_", Kind.ID, 0)),
        asked.among(List.of("year", "month", "x", "sequence")).all());
    assertEquals(List.of("time", "sequence"), asked.among(List.of("sequence", "TIME")).others());
    assertEquals(List.of("sequence_"), asked.among(List.of("year", "x")).others());
  }

  @Test
  void shouldNotLookIntoTheDataWhereNamesCanMeanOneThing() {
    for (String columns :
        List.of(", sequence: shop, time: sequence", ", sequence: a, time: time")) {
      Optional<List<String>> asked = Optional.of(List.of("time", "sequence"));
      assertFalse(KeptColumns.of(table(columns), asked).isAmbiguous());
    }
    for (Optional<List<String>> asked :
        List.of(Optional.<List<String>>empty(), Optional.of(List.of("x")))) {
      assertFalse(KeptColumns.of(table(", time: [year, month]"), asked).isAmbiguous());
    }
  }

  @Test
  void shouldTakeThePartsOfAnIdApart() {
    List<KeptColumn> kept =
        KeptColumns.of(table(", sequence: [shop, item], time: day"), Optional.empty()).all();

    assertEquals(List.of("a/b", "c", "t"), kept.stream().map(each -> each.of(ANSWER)).toList());
    Answer without = new Answer("a/b", null, null, null, List.of(1.0), null, "too short");
    assertNull(kept.get(2).of(without));
  }
}
