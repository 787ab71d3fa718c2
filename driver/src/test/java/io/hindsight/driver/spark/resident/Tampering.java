package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ReductionTree.Node;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Ways in which a result of two or more shards can be wrong, each to be refused by itself. */
enum Tampering {
  OTHER_RUN(result -> envelope(result, 1, 0, 0, 0, 0)),
  STEP_BEFORE(result -> envelope(result, 0, -1, 0, 0, 0)),
  STEP_TO_COME(result -> envelope(result, 0, 1, 0, 0, 0)),
  OTHER_WEIGHTS(result -> envelope(result, 0, 0, 1, 0, 0)),
  ONE_SHARD_ON(result -> envelope(result, 0, 0, 0, 1, 0)),
  OUTSIDE_THE_PLAN(result -> envelope(result, 0, 0, 0, 1000, 0)),
  BEFORE_THE_PLAN(result -> envelope(result, 0, 0, 0, -1000, 0)),
  ONE_SHARD_MORE(result -> envelope(result, 0, 0, 0, 0, 1)),
  NO_SHARDS(result -> envelope(result, 0, 0, 0, 0, -result.shards())),
  MORE_SHARDS_THAN_NUMBERS(result -> envelope(result, 0, 0, 0, 0, Integer.MAX_VALUE)),
  NO_NODES(result -> nodes(result, List.of())),
  NODE_TWICE(result -> nodes(result, twice(result.nodes().get(0)))),
  NODE_TOO_HIGH(result -> nodes(result, List.of(node(result, 32)))),
  NODE_BELOW_THE_LEAVES(result -> nodes(result, List.of(node(result, -1)))),
  SHORT_GRADIENT(
      result -> gradient(result, Arrays.copyOf(values(result), values(result).length - 1))),
  LONG_GRADIENT(
      result -> gradient(result, Arrays.copyOf(values(result), values(result).length + 1))),
  EMPTY_GRADIENT(result -> gradient(result, new double[0])),
  HIDDEN_NAN(result -> gradient(result, with(values(result), Double.NaN))),
  HIDDEN_INFINITY(result -> gradient(result, with(values(result), Double.NEGATIVE_INFINITY))),
  NO_CARRIED_STATE(result -> parts(result, result.nodes(), Optional.empty()));

  private final UnaryOperator<StepResult> change;

  Tampering(UnaryOperator<StepResult> change) {
    this.change = change;
  }

  /** The wrong result; the right one is not touched. */
  StepResult of(StepResult right) {
    return change.apply(right);
  }

  private static StepResult envelope(
      StepResult right, long run, long step, long weights, int first, int shards) {
    return new StepResult(
        right.runId() + run,
        right.step() + step,
        right.weights() + weights,
        right.firstShard() + first,
        right.shards() + shards,
        right.nodes(),
        right.carried(),
        right.nonFinite(),
        right.sequences(),
        right.computeNanos());
  }

  private static StepResult nodes(StepResult right, List<Node> nodes) {
    return parts(right, nodes, right.carried());
  }

  private static StepResult parts(
      StepResult right, List<Node> nodes, Optional<CarriedState> carried) {
    return new StepResult(
        right.runId(),
        right.step(),
        right.weights(),
        right.firstShard(),
        right.shards(),
        nodes,
        carried,
        Optional.<NonFinite>empty(),
        right.sequences(),
        right.computeNanos());
  }

  private static List<Node> twice(Node node) {
    return List.of(new Node(0, node.index() << node.level(), node.sum()), node);
  }

  private static Node node(StepResult right, int level) {
    Node node = right.nodes().get(0);
    return new Node(level, node.index() << node.level(), node.sum());
  }

  private static StepResult gradient(StepResult right, double[] values) {
    Node node = right.nodes().get(0);
    GradientSum sum = new GradientSum(values, node.sum().loss(), node.sum().targets());
    List<Node> nodes = new ArrayList<>(right.nodes());
    nodes.set(0, new Node(node.level(), node.index(), sum));
    return nodes(right, nodes);
  }

  private static double[] values(StepResult right) {
    return right.nodes().get(0).sum().gradient();
  }

  private static double[] with(double[] values, double last) {
    double[] changed = values.clone();
    changed[changed.length - 1] = last;
    return changed;
  }
}
