package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Tables;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The refusals of tables whose rows are read and brought together by tasks, each in eight files
 * that all have the fault: whichever task meets it first, the same line is told on each run.
 */
class ScatteredRefusalTest extends TableRefusalTest {
  private static final int FILES = 8;
  private static final int RUNS = Integer.getInteger("hindsight.refusal-runs", 1);
  private static final String BYTES = "1000000";

  private final SparkSession session = SparkSession.active();

  @BeforeEach
  void scatter() {
    session.conf().set("spark.sql.shuffle.partitions", String.valueOf(FILES));
    session.conf().set("spark.sql.files.openCostInBytes", BYTES); // so each is a partition
    session.conf().set("spark.sql.files.maxPartitionBytes", BYTES);
  }

  @AfterEach
  void gather() {
    session.conf().unset(TableSettings.SMALL);
    session.conf().unset("spark.sql.files.openCostInBytes");
    session.conf().unset("spark.sql.files.maxPartitionBytes");
    session.conf().set("spark.sql.shuffle.partitions", "1");
  }

  @Override
  String file(String... lines) {
    try {
      Path table = Files.createTempDirectory(folder, "data");
      for (int file = 0; file < FILES; file++) {
        List<String> copy = new ArrayList<>();
        for (String line : lines) {
          copy.add(file == 0 ? line : withId(line, file));
        }
        Files.write(table.resolve("part-" + file + ".txt"), copy);
      }
      return table.toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A row of another sequence, if it has an id, which begins it. */
  private static String withId(String line, int file) {
    return line.startsWith("id,")
        ? line
        : line.replaceFirst("^([a-z]),", "$1" + file + ",")
            .replaceFirst("\"id\":(\"?)(\\w+)", "\"id\":$1$2" + file);
  }

  @Override
  DataException refusal(TableSpec spec) {
    session.conf().unset(TableSettings.SMALL);
    DataException here = super.refusal(spec);
    session.conf().set(TableSettings.SMALL, "0");
    for (int run = 0; run < RUNS; run++) {
      assertEquals(here.getMessage(), super.refusal(spec).getMessage());
    }
    return here;
  }

  @Test
  void shouldReadAFileInEachOfEightTasks() {
    TableSpec spec = Tables.csv(file("id,t,x", "a,1,1", "a,2,2"));
    assertEquals(
        FILES,
        session.read().csv(spec.location().path().orElseThrow()).javaRDD().getNumPartitions());
  }

  /** With eight sequences, a tenth is one. */
  @Override
  @Test
  void shouldRefusePartsThatComeOutEmpty() {
    TableSpec spec = Tables.csv(file("id,t,x", "a,1,1", "a,2,1"));
    refused(
        Tables.withSplit(spec, new Split(Split.By.ID, 0, 0.01)),
        "test part must not be empty",
        "0.01");
    refused(
        Tables.withSplit(spec, new Split(Split.By.TIME, 0, 9)),
        "training part must not be empty",
        "data.split");
  }

  @Override
  @Test
  void shouldRefuseUnknownLabelsAtEvaluation() {
    EncodedData known = DataReader.fit(labelled("cat", "dog"), 1, 1);
    TableSpec other = labelled("cat", "cow");
    for (int run = 0; run <= RUNS; run++) {
      DataException refusal =
          assertThrows(
              DataException.class, () -> DataReader.applyUnsplit(other, known.encoding(), 1, 1));
      assertMentions(refusal, "[cat, dog]", "'cow' 8 times", "part-0.txt, sequence 's1'");
    }
  }
}
