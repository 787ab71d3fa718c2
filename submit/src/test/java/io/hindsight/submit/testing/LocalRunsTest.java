package io.hindsight.submit.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class LocalRunsTest {
  private static final String QUICK = "../conf/quickstart.yaml";

  @Test
  void shouldRunCommandsInOneSessionAndLeaveTheProcessAsItWas() {
    List<String> properties = List.of("spark.master", "spark.sql.shuffle.partitions");
    List<String> before = values(properties);
    try (LocalRuns runs = LocalRuns.open()) {
      SparkContext shared = SparkSession.active().sparkContext();
      CommandResult valid =
          runs.run("validate", QUICK, "--set", "data.path=../datasets/data/co2.csv");
      assertEquals(0, valid.code(), valid.err());
      CommandResult wrong = runs.run("validate", QUICK, "--set", "training.epochs=none");
      assertEquals(2, wrong.code());
      assertTrue(wrong.err().contains("training.epochs"), wrong.err());
      assertTrue(!shared.isStopped());
      assertEquals(shared, SparkSession.active().sparkContext());
    }
    assertEquals(before, values(properties));
  }

  private static List<String> values(List<String> properties) {
    return properties.stream().map(key -> key + "=" + System.getProperty(key)).toList();
  }

  @Test
  void shouldFindFiguresAndSayWhereThereIsNone() {
    CommandResult result = new CommandResult(0, "steps                429\nloss 0.5\n", "a note");
    assertEquals("429", result.figure("steps"));
    assertEquals(0.5, result.number("loss"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> result.figure("los")).getMessage();
    assertTrue(message.contains("wrote no 'los'"), message);
    assertTrue(message.contains("a note"), message);
  }
}
