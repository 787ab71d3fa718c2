package io.hindsight.driver.spark.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.driver.answer.Answer;
import io.hindsight.driver.answer.AnswerColumns;
import io.hindsight.driver.answer.KeptColumn;
import io.hindsight.driver.answer.KeptColumn.Kind;
import io.hindsight.driver.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerSchemaTest {
  @Test
  void shouldNotNameAColumnAsAKeptOne() {
    List<KeptColumn> kept =
        List.of(new KeptColumn("Reason", Kind.ID, 0), new KeptColumn("step", Kind.TIME, 0));
    AnswerSchema schema =
        new AnswerSchema(
            kept, AnswerColumns.of(AnswerWriting.CLASSES.encoding()), "v1", KeptTypes.NONE);
    assertEquals(
        List.of("Reason", "step", "step_", "prediction", "probability", "model_version", "reason_"),
        schema.names());
    assertEquals(
        List.of("Reason", "step", "step_", "prediction", "probability", "reason_"),
        List.of(schema.type().fieldNames()));
    Answer answer = new Answer("a", "t", 3, null, Arrays.asList("red", 0.5), null, null);
    assertEquals(
        Arrays.asList("a", "t", 3, "red", 0.5, null), AnswerWriting.cells(schema.row(answer)));
  }

  @Test
  void shouldKeepOtherColumnsInTheirPlacesAndRefuseOneThatIsNamedAsAnAnswer() {
    List<KeptColumn> kept =
        List.of(new KeptColumn("price", Kind.OTHER, 0), new KeptColumn("Kept", Kind.ID, 0));
    AnswerColumns columns = AnswerColumns.of(AnswerWriting.CLASSES.encoding());
    AnswerSchema schema = new AnswerSchema(kept, columns, "v1", KeptTypes.NONE);
    assertEquals(
        List.of("price", "Kept", "step", "prediction", "probability", "model_version", "reason"),
        schema.names());
    assertEquals("kept_", schema.type().fieldNames()[5]);

    List<KeptColumn> taken = List.of(new KeptColumn("Reason", Kind.OTHER, 0));
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> new AnswerSchema(taken, columns, "v1", KeptTypes.NONE));
    assertTrue(
        refused.getMessage().startsWith("--keep Reason: the answers have a column of this name"),
        refused.getMessage());
  }
}
