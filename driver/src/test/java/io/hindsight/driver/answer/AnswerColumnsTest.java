package io.hindsight.driver.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.BpttConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerColumnsTest {
  private static List<String> names(List<String> targets, String... outputs) {
    Encoding.Table encoding =
        new Encoding.Table(
            List.of("x"),
            targets,
            TargetKind.VALUE,
            1,
            false,
            false,
            Scaling.unfitted(List.of("x"), Scale.NONE),
            Optional.of(Scaling.unfitted(List.of(outputs), Scale.NONE)),
            Optional.empty());
    AnswerColumns columns = AnswerColumns.of(encoding);
    assertEquals(outputs.length, columns.size());
    return columns.targets();
  }

  @Test
  void shouldNameEachOutputByItsOwnColumn() {
    assertEquals(
        List.of("y", "a_0", "a_1", "z"), names(List.of("y", "a", "z"), "y", "a[0]", "a[1]", "z"));
    assertEquals(
        List.of("a_0", "a_1", "b_0", "b_1"),
        names(List.of("a", "b"), "a[0]", "a[1]", "b[0]", "b[1]"));
  }

  @Test
  void shouldNameTheOutputsOfOneVectorWithAnIndexAndOneNumberWithout() {
    assertEquals(List.of("y_0", "y_1", "y_2"), names(List.of("y"), "y[0]", "y[1]", "y[2]"));
    assertEquals(List.of("y"), names(List.of("y"), "y[0]"));
    assertEquals(List.of("y"), names(List.of("y"), "y"));
    assertEquals(List.of("y", "a_0", "a_1"), names(List.of("y", "a"), "y[0]", "a[0]", "a[1]"));
    assertEquals(List.of("y", "z"), names(List.of("y", "z"), "y[0]", "z[0]"));
  }

  @Test
  void shouldNotNameAnElementAsAnotherColumn() {
    assertEquals(List.of("a_0_", "a_1", "A_0"), names(List.of("a", "A_0"), "a[0]", "a[1]", "A_0"));
  }

  @Test
  void shouldNameAClassByItsColumn() {
    AnswerColumns columns = AnswerColumns.of(AnswerSamples.classes(BpttConfig.DEFAULT).encoding());
    assertEquals(List.of("kind"), columns.targets());
    assertEquals(2, columns.size());
  }
}
