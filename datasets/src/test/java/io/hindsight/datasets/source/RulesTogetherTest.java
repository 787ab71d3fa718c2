package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of one time, a missing row, missing values and weights in one table. */
class RulesTogetherTest {
  private static SparkSession session;
  @TempDir Path folder;

  @BeforeAll
  static void startSession() {
    session = TestSession.start();
  }

  @AfterEach
  void resetSession() {
    session.conf().unset(TableSettings.SMALL);
  }

  /** Two rows of the 2nd, of which one lacks x; none of the 3rd; x is missing on the 5th. */
  private TableSpec table() throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(
        file,
        List.of(
            "id,t,x,y,w",
            "a,2025-01-06,8,60,1",
            "a,2025-01-02,,20,1",
            "a,2025-01-01,1,10,1",
            "a,2025-01-04,6,40,2",
            "a,2025-01-02,4,20,3",
            "a,2025-01-05,,50,1"));
    TimeRules rules =
        new TimeRules(
            Duplicates.MEAN, Frequency.of("1d"), Gaps.MASK, false, List.of(), Optional.empty());
    TableSpec table = Tables.csv(file.toString());
    return Tables.withColumns(table, List.of("x"), List.of("y"), TargetKind.VALUE)
        .with(rules)
        .with(SideColumns.NONE.with(TargetWeights.ofColumn("w")))
        .with(new MissingValues(MissingRules.of(MissingRule.MEAN), false));
  }

  @Test
  void shouldMergeRowsThenPutRowsInThenFillValues() throws IOException {
    EncodedData data = DataReader.fit(table(), 3, 1);
    Sequence sequence = data.training().get(0);
    assertArrayEquals(
        new double[] {
          1, 0, 0, // x, whether it is missing, whether the row is
          4, 0, 0, // of the two rows one has an x
          4, 0, 1, // no row
          6, 0, 0, //
          11.0 / 3, 1, 0, // the mean of 1, 4 and 6: a row that was put in counts for nothing
        },
        sequence.features());
    assertArrayEquals(new double[] {20, Double.NaN, 40, 50, 60}, sequence.targets());
    assertEquals(2, sequence.weight(0), "the mean of both rows");
    assertEquals(2, sequence.weight(2));
    assertEquals(1, sequence.weight(4));
    assertEquals(data.encoding(), Encoding.fromJson(data.encoding().toJson()));
  }

  @Test
  void shouldReadTheSameInTasksAndFromStoredData() throws IOException {
    TableSpec table = table();
    EncodedData held = DataReader.fit(table, 3, 1);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    EncodedData stored = DataReader.fit(table, 3, 1, new Reading(), DataStore.of(none));
    assertEquals(held.fingerprint(), stored.fingerprint());
    assertArrayEquals(held.training().get(0).weights(), stored.training().get(0).weights());
    session.conf().set(TableSettings.SMALL, "0");
    EncodedData spread = DataReader.fit(table, 3, 1);
    assertEquals(held.fingerprint(), spread.fingerprint());
    assertEquals(held.encoding(), spread.encoding());
    assertEquals(held.omissions().sentences(), spread.omissions().sentences());
  }
}
