package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowCheckTest {
  private final NetworkSpec dense = spec(false, Loss.SQUARED_ERROR, At.EVERY_STEP);
  private final NetworkSpec classes = spec(true, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP);
  private final NetworkSpec lastClass = spec(true, Loss.SOFTMAX_CROSS_ENTROPY, At.LAST_STEP);

  @Test
  void shouldRefuseInputsOfAnotherKindOrWidth() {
    assertRefused(dense, Sequence.ofTokens("a", new int[2]), "'a' has token inputs");
    assertRefused(
        dense, Sequence.ofFeatures("a", new double[4], 2), "'a' has dense inputs of width 2");
    assertRefused(classes, Sequence.ofFeatures("a", new double[2], 2), "'a' has dense inputs");
  }

  @Test
  void shouldRefuseTargetsOfAnotherKindOrWidth() {
    Sequence vectors = Sequence.ofFeatures("a", new double[6], 2);
    assertRefused(dense, vectors.withClasses(new int[2]), "'a' has class targets");
    assertRefused(dense, vectors.withTargets(new double[2]), "'a' has targets of width 1");
    Sequence tokens = Sequence.ofTokens("a", new int[2]).withTargets(new double[8]);
    assertRefused(classes, tokens, "'a' has targets of width 4");
  }

  @Test
  void shouldRefuseAPieceOfAWindowThatIsReadFromItsEnd() {
    NetworkSpec bothWays = Samples.bothWays(classes);
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(0, Window.cut(tokens(0, 1, 2, 0), 1, 3), 0, 3);
    assertDoesNotThrow(() -> forward(bothWays, batch, null));
    batch.set(0, Window.cut(tokens(0, 1, 2, 0), 1, 3), 0, 2);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> forward(bothWays, batch, null));
    assertTrue(e.getMessage().contains("'a@0000000001'"), e.getMessage());
    assertTrue(e.getMessage().contains("needs all 3 steps at once, but is given 2"));
  }

  @Test
  void shouldRefuseAPieceOfAWindowWhoseTargetIsAString() {
    NetworkSpec strings = spec(true, Loss.CTC, At.EVERY_STEP);
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(0, Window.whole(tokens(0, 1, 2, 0)), 0, 2);
    assertDoesNotThrow(() -> forward(strings, batch, null)); // there is no target
    Sequence labelled = tokens(0, 1, 2, 0).withClasses(new int[] {2, -1, -1, -1});
    batch.set(0, Window.whole(labelled), 0, 2);
    Exception e = assertThrows(IllegalArgumentException.class, () -> forward(strings, batch, null));
    assertTrue(e.getMessage().contains("a string of labels needs all 4 steps"), e.getMessage());
  }

  @Test
  void shouldRefuseAStringThatDoesNotFitItsStepsOrHasTheBlank() {
    NetworkSpec strings = spec(true, Loss.CTC, At.EVERY_STEP);
    Sequence sequence = tokens(0, 1, 2);
    assertRefused(
        strings,
        sequence.withClasses(new int[] {1, 1, 0}),
        "'a': 3 labels need 4 steps, one each and one between equal neighbours, but there are 3");
    assertRefused(
        strings,
        sequence.withClasses(new int[] {-1, 3, -1}),
        "'a', step 1: class id 3 is outside [0, 3)");
    SequenceBatch batch = SequenceBatch.of(sequence.withClasses(new int[] {1, 0, 1}));
    assertDoesNotThrow(() -> forward(strings, batch, null));
  }

  @Test
  void shouldNameTheStepOfAnUnknownToken() {
    assertRefused(classes, tokens(0, 2, 3), "'a', step 2: token id 3 is outside [0, 3)");
    assertRefused(classes, tokens(0, -2, 2), "'a', step 1: token id -2 is outside [0, 3)");
  }

  @Test
  void shouldRefuseMoreOrLessThanWhatIsRead() {
    NetworkSpec spec = Samples.reading(composed(), dense);
    Sequence bare = Sequence.ofFeatures("a", new double[4], 2);
    Sequence stepped = bare.withCategories(new int[2]);
    assertRefused(spec, bare, "'a' has 0 categories at each step, but the network reads 1");
    assertRefused(
        spec, bare.withCategories(new int[4]), "'a' has 2 categories at each step, but the");
    assertRefused(
        spec, stepped, "'a' has 0 categories of the whole sequence, but the network reads 1");
    assertRefused(
        spec,
        stepped.withStatics(new Statics(new double[2], new int[1])),
        "'a' has 2 numbers of the whole sequence, but the network reads 1");
    assertRefused(
        dense,
        Sequence.ofFeatures("a", new double[6], 2).withCategories(new int[2]),
        "'a' has 1 categories at each step, but the network reads 0");
  }

  @Test
  void shouldNameTheTableOfAnUnknownCategory() {
    NetworkSpec spec = Samples.reading(composed(), dense);
    Statics statics = new Statics(new double[1], new int[] {6});
    Sequence known = Sequence.ofFeatures("a", new double[4], 2).withCategories(new int[] {0, 3});
    assertDoesNotThrow(() -> forward(spec, SequenceBatch.of(known.withStatics(statics)), null));
    assertRefused(
        spec,
        known.withCategories(new int[] {3, 4}).withStatics(statics),
        "'a', step 1: category id 4 is outside [0, 4), the rows of table 0");
    assertRefused(
        spec,
        known.withStatics(new Statics(new double[1], new int[] {7})),
        "'a': category id 7 is outside [0, 7), the rows of table 1");
    assertRefused(
        Samples.reading(InputSpec.embeddedTokens(3, 8), classes),
        tokens(0, 3),
        "'a', step 1: token id 3 is outside [0, 3)");
  }

  private static InputSpec composed() {
    List<EmbeddingSpec> tables =
        List.of(new EmbeddingSpec(4, 3, false), new EmbeddingSpec(7, 2, true));
    return InputSpec.dense(2, 1, tables);
  }

  @Test
  void shouldNameTheStepOfAnUnknownClass() {
    Sequence sequence = tokens(0, 1, 2).withClasses(new int[] {3, 4, -2});
    assertRefused(classes, sequence, "'a', step 1: class id 4 is outside [0, 4)");
    assertRefused(lastClass, sequence, "'a', step 2: class id -2 is outside [0, 4)");
  }

  @Test
  void shouldNameACutWindowAndItsOwnStep() {
    SequenceBatch batch = new SequenceBatch(1);
    batch.set(0, Window.cut(tokens(0, 1, 2, 0, 1, 3), 2, 4), 1, 3);
    Exception e = assertThrows(IllegalArgumentException.class, () -> forward(classes, batch, null));
    assertEquals("sequence 'a@0000000002', step 3: token id 3 is outside [0, 3)", e.getMessage());
    batch.set(0, Window.cut(tokens(3, 1, 2, 0, 1, 3), 1, 4), 0, 4);
    assertDoesNotThrow(() -> forward(classes, batch, null));
  }

  @Test
  void shouldReadOnlyWhatTheWindowScores() {
    Sequence sequence = tokens(0, 1, 2, 1).withClasses(new int[] {-2, -2, 3, -2});
    SequenceBatch window = new SequenceBatch(1);
    window.set(0, sequence.scoredFrom(2), 0, 3);
    assertDoesNotThrow(() -> forward(classes, window, null));
    assertDoesNotThrow(() -> forward(lastClass, window, null));
  }

  @Test
  void shouldRefuseAnInitialStateOfAnotherNumberOfBlocks() {
    SequenceBatch window = SequenceBatch.of(tokens(0));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> forward(classes, window, new CarriedState(classes, 2)));
    assertTrue(e.getMessage().contains("2 blocks for a batch of 1"), e.getMessage());
  }

  @Test
  void shouldRefuseTheWeightsOfAnotherNetwork() {
    PackedWeights weights = PackedWeights.of(Samples.parameters(dense, 1));
    Bptt bptt = new Bptt(classes);
    SequenceBatch window = SequenceBatch.of(tokens(0));
    assertThrows(IllegalArgumentException.class, () -> bptt.forward(weights, window, null));
  }

  private static void assertRefused(NetworkSpec spec, Sequence sequence, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> forward(spec, SequenceBatch.of(sequence), null));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static void forward(NetworkSpec spec, SequenceBatch window, CarriedState initial) {
    new Bptt(spec).forward(PackedWeights.of(Samples.parameters(spec, 1)), window, initial);
  }

  private static Sequence tokens(int... ids) {
    return Sequence.ofTokens("a", ids);
  }

  private static NetworkSpec spec(boolean tokens, Loss loss, At at) {
    return Samples.spec(new GruCell(), tokens, loss, at, 3);
  }
}
