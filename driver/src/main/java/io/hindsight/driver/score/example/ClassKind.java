package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.kind.ClassScores;
import io.hindsight.driver.score.kind.MedianClass;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Comparator;
import java.util.List;

/** Classes: their error is the mean of −log p, where p is the probability of the true one. */
final class ClassKind implements LookKind {
  private static final int SHOWN = 10; // sequences whose truth is least likely

  private final boolean ordered;
  private final Encoding encoding;
  private final int size; // O

  ClassKind(OutputSpec output, Encoding encoding) {
    this.encoding = encoding;
    ordered = output.loss() == OutputSpec.Loss.CUMULATIVE_LOGITS;
    size = output.size();
  }

  @Override
  public String errorName() {
    return "log_loss";
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public double error(double sum, long targets) {
    return sum / targets;
  }

  @Override
  public Look look(Sequence sequence) {
    return new ClassLook(this);
  }

  @Override
  public Points points() {
    return new ClassPoints(this);
  }

  @Override
  public void put(ObjectNode root, List<Sample> all) {
    ArrayNode worst = root.putArray("least_likely");
    all.stream()
        .sorted(Comparator.comparingDouble((Sample sample) -> -sample.look().error()))
        .limit(SHOWN)
        .forEach(sample -> put(worst.addObject(), sample));
  }

  private static void put(ObjectNode node, Sample sample) {
    node.put("sequence", sample.id()).put("targets", sample.look().targets());
    Numbers.put(node, "error", sample.look().error());
    sample.look().put(node);
  }

  /** The class that is answered. */
  int answer(double[] outputs) {
    return ordered ? MedianClass.of(outputs) : ClassScores.largest(outputs);
  }

  /** The name of a class. */
  String name(int of) {
    return encoding instanceof Encoding.Text text
        ? text.vocabulary().decode(of)
        : Details.names(encoding, size).get(of);
  }

  /** The row of the sequence that a step reads last, as {@code predict} counts them. */
  int row(int step) {
    return encoding instanceof Encoding.Table table ? step + table.offset() : step;
  }
}
