package io.hindsight.driver.spark.resident;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.bptt.PackedWeights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A worker that computes as it should, except that it begins a step with the next of its attacks.
 * As long as it has not delivered, the step cannot end, so an attack always meets its step.
 */
final class HostileWorker implements Runnable {
  /** What it does with the shards it was given before it computes them properly. */
  interface Attack {
    /**
     * Sends something wrong.
     *
     * @param work the shards it was given: two ranges
     * @return the answer to be applied next
     */
    PollReply strike(HostileWorker worker, PollReply.Work work) throws Exception;
  }

  static final String NAME = "9#hostile";

  private final GoldenCase golden;
  private final ShardPlan plan;
  private final long engine;
  private final Deque<Attack> attacks;
  private final PackedWeights packed;
  private StepInput step;
  private volatile Exception failure;

  HostileWorker(GoldenCase golden, long engine, List<Attack> attacks) {
    this.golden = golden;
    this.engine = engine;
    this.attacks = new ArrayDeque<>(attacks);
    plan = golden.plan();
    packed = new PackedWeights(golden.spec());
  }

  long engine() {
    return engine;
  }

  /** The step whose weights it has; −1 for none. */
  long step() {
    return step == null ? -1 : step.request().step();
  }

  /** Asks as a worker does. */
  PollReply ask(List<ShardRange> computed, List<StepResult> results) throws Exception {
    return ask(new Poll(engine, NAME, 2, step(), computed, () -> results));
  }

  PollReply ask(Poll poll) throws Exception {
    Coordinator coordinator = EngineRegistry.coordinator(poll.engine());
    return coordinator == null ? new PollReply.Stop() : coordinator.answer(poll);
  }

  /** The right result. */
  StepResult compute(ShardRange range) {
    List<Shard> shards = plan.shards().subList(range.first(), range.end());
    ShardTask task =
        new ShardTask(
            golden.spec(), shards, plan.shards().size(), GoldenCase.SEED, golden.windows());
    return task.run(packed, step.request());
  }

  /** Whether every attack was made, and nothing went wrong on this side. */
  int attacksLeft() throws Exception {
    if (failure != null) {
      throw failure;
    }
    return attacks.size();
  }

  @Override
  public void run() {
    try {
      PollReply answer = ask(List.of(), List.of());
      while (!(answer instanceof PollReply.Stop)) {
        answer = apply(answer);
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  private PollReply apply(PollReply answer) throws Exception {
    if (answer instanceof PollReply.Wait pause) {
      TimeUnit.NANOSECONDS.sleep(pause.nanos());
      return ask(List.of(), List.of());
    }
    PollReply.Work work = (PollReply.Work) answer;
    if (work.input().isPresent()) {
      step = work.input().get();
      packed.pack(step.parameters());
      if (!attacks.isEmpty() && work.ranges().size() == 2) {
        return attacks.poll().strike(this, work);
      }
    }
    List<StepResult> results = new ArrayList<>();
    work.ranges().forEach(range -> results.add(compute(range)));
    return ask(work.ranges(), results);
  }
}
