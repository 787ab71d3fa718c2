package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.driver.answer.AnswerSamples;
import io.hindsight.driver.answer.KeptInput;
import io.hindsight.driver.answer.WrittenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWriterTest extends AnswerWriting {
  /** The doubles are compared by equals, which is by their bits. */
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "PARQUET"})
  void shouldWriteWhatTheDriverWouldAnswerToTheBit(String format) {
    WrittenRows written = write(output(format), CHANGES);
    List<List<Object>> expected = expected(CHANGES);

    assertEquals(expected, sorted(read(format)).stream().map(AnswerWriting::cells).toList());
    assertEquals(new WrittenRows(expected.size(), 8), written);
    assertEquals(
        "shop string, day string, step int, prediction_x double, prediction_y double,"
            + " model_version string, reason string",
        columns(read(format)));
  }

  private static String columns(Dataset<Row> table) {
    return String.join(
        ", ",
        Arrays.stream(table.schema().fields())
            .map(field -> field.name() + " " + field.dataType().simpleString())
            .toList());
  }

  @Test
  void shouldWriteClassesWithTheirProbability() {
    write(output("parquet"), CLASSES);

    assertEquals(
        "shop string, day string, step int, prediction string, probability double,"
            + " model_version string, reason string",
        columns(read("parquet")));
    List<List<Object>> rows = new ArrayList<>(expected(CLASSES));
    assertEquals(rows, sorted(read("parquet")).stream().map(AnswerWriting::cells).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void shouldWriteTextsThatSparkReadsBackToTheSameNumbers(String format) {
    write(output(format), CHANGES);
    List<Row> rows = sorted(read(format));
    List<List<Object>> expected = expected(CHANGES);

    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertEquals(expected.get(i).get(0), row.<String>getAs("shop"));
      assertEquals(expected.get(i).get(3), row.<Double>getAs("prediction_x"));
      assertEquals(expected.get(i).get(4), row.<Double>getAs("prediction_y"));
      assertEquals(expected.get(i).get(6), row.<String>getAs("reason"));
    }
  }

  @Test
  void shouldKeepASequenceWithoutAnAnswerAsARowWithTheReason() {
    write(output("parquet"), CHANGES);
    List<Row> empty = read("parquet").where("reason is not null").orderBy("shop").collectAsList();

    assertEquals(8, empty.size());
    for (Row row : empty) {
      assertNull(row.getAs("prediction_x"));
      assertNull(row.getAs("step"));
      assertEquals("v1", row.getAs("model_version"));
      assertEquals("too short: 1 step where 2 are needed", row.getAs("reason"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void shouldWriteTheSameRowsFromAnyNumberOfSlices(int count) {
    try (AnswerWriter writer =
            AnswerWriter.open(session.sessions(), output("parquet"), KEPT, CHANGES, "v1");
        InputSlices slices = InputSlices.cut(session.context(), unkept(INPUTS), count)) {
      assertEquals(Math.min(count, INPUTS.size()), slices.size(), 1 + count / 10.0);
      writer.write(slices.inputs(), KeptTypes.NONE);
    }
    assertEquals(
        expected(CHANGES), sorted(read("parquet")).stream().map(AnswerWriting::cells).toList());
  }

  private static List<KeptInput> unkept(List<EncodedInput> inputs) {
    return inputs.stream().map(KeptInput::of).toList();
  }

  @Test
  void shouldCutSlicesForTheCoresAndNoFurtherThanPays() {
    List<KeptInput> many = unkept(AnswerSamples.inputs(3_000)); // 49,000 steps
    try (InputSlices few = InputSlices.of(session.context(), unkept(INPUTS), 64);
        InputSlices cores = InputSlices.of(session.context(), many, 2);
        InputSlices steps = InputSlices.of(session.context(), many, 64)) {
      assertEquals(1, few.size());
      assertEquals(8, cores.size());
      assertEquals(13, steps.size(), 1);
    }
  }
}
