package io.hindsight.datasets.encoded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.datasets.columns.Part;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final Random random = new Random(3);

  @Test
  void shouldBeTheSameInAnyOrderAndFromAnySums() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      sequences.add(sequence("s" + i, random.nextDouble(), random.nextDouble()));
    }
    String expected = of(sequences).text();
    Collections.shuffle(sequences, random);
    assertEquals(expected, of(sequences).text());
    Fingerprint all = of(sequences.subList(600, 1000));
    all.merge(of(sequences.subList(0, 600)));
    assertEquals(expected, all.text());
  }

  @Test
  void shouldTellApartPartsBitsAndSteps() {
    Sequence sequence = sequence("a", 0.0, 1.0);
    String whole = text(Part.TRAINING, Window.whole(sequence));
    assertNotEquals(whole, text(Part.TEST, Window.whole(sequence)));
    assertNotEquals(whole, text(Part.TRAINING, Window.whole(sequence("a", -0.0, 1.0))));
    assertNotEquals(whole, text(Part.TRAINING, Window.whole(sequence("b", 0.0, 1.0))));
    assertNotEquals(whole, text(Part.TRAINING, Window.whole(sequence).scoredFrom(1)));
    assertNotEquals(whole, new Fingerprint().text());
  }

  @Test
  void shouldTakeAViewForACopyOfTheSameSteps() {
    Sequence sequence = sequence("a", 1, 2, 3, 4, 5);
    Window view = new Window(sequence, 1, 3, 0, false);
    Window copy = Window.whole(sequence.window("a", 1, 3));
    assertEquals(text(Part.TRAINING, copy), text(Part.TRAINING, view));
  }

  private static Fingerprint of(List<Sequence> sequences) {
    Fingerprint sums = new Fingerprint();
    sequences.forEach(each -> sums.add(Part.VALIDATION, Window.whole(each)));
    return sums;
  }

  private static String text(Part part, Window window) {
    Fingerprint one = new Fingerprint();
    one.add(part, window);
    return one.text();
  }

  private static Sequence sequence(String id, double... features) {
    return Sequence.ofFeatures(id, features, features.length).withTargets(features.clone());
  }
}
