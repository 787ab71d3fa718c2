package io.hindsight.driver.spark.jobs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.GradientSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.serializer.KryoRegistrator;

/** Sends wrong results of {@link GoldenCase#GRU} in place of right ones, from this process. */
public final class WrongResults implements KryoRegistrator {
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile WrongResult kind;

  /** What is wrong. */
  enum WrongResult {
    OF_ANOTHER_RUN,
    OF_ANOTHER_STEP,
    OF_OTHER_WEIGHTS,
    OF_OTHER_SHARDS,
    TOO_SHORT,
    NOT_A_NUMBER
  }

  /** Makes the next results wrong. */
  static void sendNext(WrongResult wrong, int count) {
    kind = wrong;
    LEFT.set(count);
  }

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(StepReply.class, new Falsifying());
  }

  private static final class Falsifying extends ExternalizableSerializer {
    @Override
    public void write(Kryo kryo, Output output, Object reply) {
      boolean wrong = LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      super.write(kryo, output, wrong ? falsified((StepReply) reply) : reply);
    }

    private static StepReply falsified(StepReply reply) {
      StepResult right = reply.result();
      boolean elsewhere = kind == WrongResult.OF_OTHER_SHARDS;
      StepResult wrong =
          new StepResult(
              right.runId() + (kind == WrongResult.OF_ANOTHER_RUN ? 1 : 0),
              right.step() + (kind == WrongResult.OF_ANOTHER_STEP ? 1 : 0),
              right.weights() ^ (kind == WrongResult.OF_OTHER_WEIGHTS ? 1 : 0),
              right.firstShard() + (elsewhere ? 1 : 0),
              right.shards(),
              nodes(right.nodes()),
              right.carried(),
              right.nonFinite(),
              right.sequences(),
              right.computeNanos());
      return new StepReply(GoldenCase.GRU.spec(), wrong);
    }

    private static List<ReductionTree.Node> nodes(List<ReductionTree.Node> right) {
      ReductionTree.Node first = right.get(0);
      double[] gradient = first.sum().gradient();
      int length = gradient.length - (kind == WrongResult.TOO_SHORT ? 1 : 0);
      double[] wrong = Arrays.copyOf(gradient, length);
      if (kind == WrongResult.NOT_A_NUMBER) {
        wrong[length / 2] = Double.NaN;
      }
      GradientSum sum = new GradientSum(wrong, first.sum().loss(), first.sum().targets());
      List<ReductionTree.Node> nodes = new ArrayList<>(right);
      nodes.set(0, new ReductionTree.Node(first.level(), first.index(), sum));
      return nodes;
    }
  }
}
