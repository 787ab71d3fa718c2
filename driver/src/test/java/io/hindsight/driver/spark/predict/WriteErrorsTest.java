package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.engine.EngineException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class WriteErrorsTest {
  private static final TableOutput DATABASE =
      new TableOutput(
          "jdbc",
          Optional.empty(),
          Mode.ERROR,
          List.of(),
          Map.of("dbTable", "answers"),
          Optional.empty());

  private static RuntimeException translated(Exception failure) {
    return WriteErrors.translate(failure, DATABASE);
  }

  @Test
  void shouldCallADatabaseThatDoesNotAnswerAFaultOfTheInfrastructure() {
    SQLException refused = new SQLException("broken", "90067", new ConnectException("refused"));
    SQLException lost = new SQLException("connection lost", "08006");
    for (SQLException each : List.of(refused, lost)) {
      EngineException failure =
          assertInstanceOf(EngineException.class, translated(new SparkException("job", each)));
      assertEquals(
          "the database of jdbc answers does not answer: " + each.getMessage(),
          failure.getMessage());
    }
  }

  @Test
  void shouldCallWrongSettingsOfADatabaseWrongSettings() {
    SQLException driver = new SQLException("No suitable driver", "08001");
    SQLException schema = new SQLException("Schema \"NO\" not found\nSELECT 1", "90079");
    for (SQLException each : List.of(driver, schema)) {
      ConfigException failure = assertInstanceOf(ConfigException.class, translated(each));
      assertEquals(
          "--format jdbc: Spark refuses to write jdbc answers (%s); correct --output, --option, --partition-by, --keep or --mode"
              .formatted(each.getMessage().lines().findFirst().orElseThrow()),
          failure.getMessage());
    }
  }

  @Test
  void shouldLetWhatIsWrongWithTheDataThrough() {
    DataException wrong = new DataException("a rule", "a value", "a place", "a remedy");

    assertSame(wrong, translated(new SparkException("job", new RuntimeException(wrong))));
  }

  @Test
  void shouldTellAFullDiskWithThePlace() {
    IOException full = new IOException("No space left on device");
    EngineException failure =
        assertInstanceOf(EngineException.class, translated(new SparkException("job", full)));

    assertEquals("writing jdbc answers failed: No space left on device", failure.getMessage());
  }

  @Test
  void shouldKeepAFaultOfOurOwnAsItIs() {
    IllegalStateException ours = new IllegalStateException("ours");

    assertSame(ours, translated(ours));
    assertInstanceOf(
        IllegalStateException.class,
        translated(new SparkException("job", new IllegalArgumentException("in a task"))),
        "which is neither a setting nor the cluster's");
  }
}
