package io.hindsight.driver.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindsight.driver.model.ModelException;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LaneJsonTest {
  @Test
  void shouldKeepCategoriesAndWhatBelongsToTheSequence() throws JsonProcessingException {
    Sequence written =
        Sequence.ofFeatures("a", new double[0], 3)
            .withCategories(new int[] {1, 2, 3, 4, 5, 6})
            .withStatics(new Statics(new double[] {0.5, Double.NaN}, new int[] {7}))
            .withClasses(new int[] {0, 1, 0});
    String line = LaneJson.of(SequenceBatch.of(written), 0).toJson();
    Sequence read = read(line);
    assertEquals(3, read.length());
    assertEquals(0, read.width());
    assertArrayEquals(written.categories(), read.categories());
    assertArrayEquals(written.statics().features(), read.statics().features());
    assertArrayEquals(written.statics().categories(), read.statics().categories());
    assertArrayEquals(written.classes(), read.classes());
    assertThrows(ModelException.class, () -> read(line.replace("[1,2]", "[1,2,9]")));
    assertThrows(ModelException.class, () -> read(line.replace("[1,2]", "[1,2.5]")));
    String uneven = line.replace("[1,2],[3,4]", "[1,2,3],[4]");
    assertThrows(ModelException.class, () -> read(uneven));
  }

  @Test
  void shouldKeepWeightsAndElementsThatAreMissing() throws JsonProcessingException {
    Sequence written =
        Sequence.ofTokens("a", new int[] {4, 5})
            .withTargets(new double[] {Double.NaN, 1, 2, 3})
            .withWeights(new double[] {0, 2.5});
    String line = LaneJson.of(SequenceBatch.of(written), 0).toJson();
    assertArrayEquals(written.weights(), read(line).weights());
    assertArrayEquals(written.targets(), read(line).targets());
    String negative = line.replace("2.5]", "-2.5]");
    assertThrows(ModelException.class, () -> read(negative));
  }

  private static Sequence read(String line) {
    SequenceBatch batch = new SequenceBatch(1);
    LaneJson.parse(line.getBytes(StandardCharsets.UTF_8), "line 1").put(batch, 0);
    return batch.sequence(0);
  }
}
