package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is resumed on data that was changed meanwhile. */
class ChangedSourceTest {
  private static final String TEXT =
      """
      data: {format: text, path: DATA}
      model: {cell: gru, hidden: [4]}
      training:
        steps: 4
        batch: 8
        bptt: {window: 10, carry-state: true}
        optimizer: {type: sgd, learning-rate: 1e-2}
        checkpoint: {every-steps: 2}
      """;

  @TempDir private Path folder;
  private Path data;
  private Path run;
  private RunConfig config;

  @BeforeEach
  void write() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    run = folder.resolve("run");
    config = TestRuns.config(TEXT.replace("DATA", data.toString()));
    write("a.txt", "to be or not to be, ");
    write("b.txt", "that is the question. ");
    write("c.txt", "whether 'tis nobler in the mind to suffer ");
  }

  private void write(String name, String line) throws IOException {
    Files.writeString(data.resolve(name), line.repeat(20));
  }

  @Test
  void shouldNameTheFilesThatHaveChanged() throws IOException {
    TestRuns.train(config, run);
    TestRuns.kill(run);
    String recorded = Files.readString(run.resolve("source.jsonl"));
    write("b.txt", "that was the question. ");
    Files.delete(data.resolve("c.txt"));
    write("d.txt", "the slings and arrows of outrageous fortune ");

    DataException refusal = assertThrows(DataException.class, () -> TestRuns.resume(config, run));

    assertEquals(
        ("the data must be that of the checkpoint at step 2, but found 1 new, 1 gone, 1 longer"
                + " (there were 3 files) (DATA/b.txt is longer: 460 bytes, 440 before; DATA/c.txt"
                + " is gone: 840 bytes before; DATA/d.txt is new: 880 bytes); bring the old files"
                + " back, or start a new run")
            .replace("DATA", data.toString()),
        refusal.getMessage());
    assertEquals(ExitCode.DATA, ExitCode.judge(refusal).code());
    assertEquals(recorded, Files.readString(run.resolve("source.jsonl")));
    assertEquals(ExitCode.DATA.code(), TestRuns.status(run).exitCode());
  }

  @Test
  void shouldGoOnWhenTheOldFilesAreBack() throws IOException {
    String expected = TestRuns.train(config, run).weightsSha256();
    TestRuns.kill(run);
    write("b.txt", "that was the question. ");
    assertThrows(DataException.class, () -> TestRuns.resume(config, run));
    write("b.txt", "that is the question. ");

    assertEquals(expected, TestRuns.resume(config, run).weightsSha256());
  }

  @Test
  void shouldGoOnWhereOnlyTimesDiffer() throws IOException {
    String expected = TestRuns.train(config, run).weightsSha256();
    TestRuns.kill(run);
    Files.setLastModifiedTime(data.resolve("a.txt"), FileTime.fromMillis(2_000_000_000_123L));

    assertEquals(expected, TestRuns.resume(config, run).weightsSha256());

    List<String> lines = Files.readAllLines(run.resolve("source.jsonl"));
    assertEquals(4, lines.size());
    assertTrue(lines.get(1).contains("\"modified\":\"2033-05-18T03:33:20.123Z\""), lines.get(1));
  }

  @Test
  void shouldGoOnWithoutARecordOrWithADamagedOne() throws IOException {
    String expected = TestRuns.train(config, run).weightsSha256();
    TestRuns.kill(run);
    Files.writeString(run.resolve("source.jsonl"), "{\"format\":");
    assertEquals(expected, TestRuns.resume(config, run).weightsSha256());

    TestRuns.kill(run);
    Files.delete(run.resolve("source.jsonl"));
    write("b.txt", "that was the question. ");
    DataException refusal = assertThrows(DataException.class, () -> TestRuns.resume(config, run));
    assertTrue(
        refusal.getMessage().contains("source.jsonl does not tell what was read before"),
        refusal.getMessage());
  }

  @Test
  void shouldRecordNothingOfDataThatItMakes() {
    String waves = "{format: generator, name: sine, length: 30, sequences: 20}";
    RunConfig generated = TestRuns.config(TEXT.replace("{format: text, path: DATA}", waves));
    TestRuns.train(generated, run);
    assertFalse(Files.exists(run.resolve("source.jsonl")));
  }

  @Test
  void shouldNameTheFileOfATable() throws IOException {
    Path table = Files.createDirectory(folder.resolve("table"));
    String header = "id,t,x\n";
    Files.writeString(table.resolve("a.csv"), header + "a,1,2\na,2,4\na,3,5\na,4,1\n");
    Files.writeString(table.resolve("b.csv"), header + "b,1,2\nb,2,3\nb,3,5\nb,4,2\n");
    String csv =
        "{format: csv, path: TABLE, options: {header: true}, sequence: id, time: t, inputs: [x],"
            + " targets: [x], split: {by: time, validation: 1, test: 0}}";
    String yaml =
        TEXT.replace("{format: text, path: DATA}", csv.replace("TABLE", table.toString()))
            .replace("window: 10", "window: 2");
    try (TestSession session = TestSession.open("local[1]", Map.of("spark.ui.enabled", "false"))) {
      TestRuns.train(TestRuns.config(yaml), run);
      TestRuns.kill(run);
      Files.writeString(table.resolve("b.csv"), header + "b,1,2\nb,2,3\nb,3,5\nb,4,25\n");
      DataException refusal =
          assertThrows(
              DataException.class, () -> TestRuns.resume(TestRuns.config(yaml), run), "" + session);
      String change = table + "/b.csv is longer: 32 bytes, 31 before";
      assertTrue(refusal.getMessage().contains(change), refusal.getMessage());
    }
  }
}
