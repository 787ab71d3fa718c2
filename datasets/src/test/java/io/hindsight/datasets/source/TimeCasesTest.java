package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.RawTable;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.fit.HeldTable;
import io.hindsight.datasets.fit.TableData;
import io.hindsight.datasets.fit.TableFit;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.time.TimeInputs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gaps, grids and inputs of the time come out as they are documented, once rows are read. */
class TimeCasesTest {
  static Stream<TimeCases.Case> cases() {
    return Stream.of(TimeCases.clocks(), TimeCases.calendars(), TimeCases.inputs())
        .flatMap(some -> some);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void shouldComeOutAsDocumented(TimeCases.Case one) {
    TableSpec spec = Tables.withZone(Tables.csv("a.csv"), one.zone()).with(one.rules());
    RawTable table = table(one.rows().split(" "));
    if (one.isRefused()) {
      DataException e = assertThrows(DataException.class, () -> fit(spec, table));
      assertTrue(e.getMessage().contains(one.told()), e.getMessage());
      assertTrue(e.getMessage().contains("a.csv"), e.getMessage());
      return;
    }
    EncodedData data = fit(spec, table);
    String times = String.join(" ", times(table, (Encoding.Table) data.encoding()));
    assertEquals(one.told(), TimeCases.told(data) + " | " + times);
  }

  private static RawTable table(String[] rows) {
    List<String> times = Arrays.stream(rows).map(row -> row.split(",")[0]).toList();
    double[] values =
        Arrays.stream(rows).mapToDouble(row -> Double.parseDouble(row.split(",")[1])).toArray();
    RawSequence raw =
        new RawSequence(
            "a",
            () -> "a.csv",
            new RawRows(
                times,
                RowNumbers.of(values),
                RowNumbers.of(values),
                null,
                values.length,
                List.of(),
                RawSide.NONE));
    return new RawTable("a.csv", List.of(raw), List.of("x"), List.of("x"), false);
  }

  private static EncodedData fit(TableSpec spec, RawTable table) {
    TableData held = new HeldTable(table, 3);
    TimeInputs inputs = TimePlan.of(spec).inputs(held);
    TableData onGrid = GridRows.of(inputs).map(held::on).orElse(held);
    return new TableFit(spec, spec.split(), 3, onGrid, inputs, warning -> {})
        .fit(new SourceSnapshot.Unknown("a.csv"), DataStore.onHeap());
  }

  private static List<String> times(RawTable table, Encoding.Table encoding) {
    RawSequence raw = table.sequences().get(0);
    RawSequence onGrid =
        GridRows.of(encoding.timeSteps().inputs()).map(grid -> grid.apply(raw)).orElse(raw);
    return ((Encoded) new InputEncoder(encoding, 0).apply(onGrid, note -> {})).times();
  }
}
