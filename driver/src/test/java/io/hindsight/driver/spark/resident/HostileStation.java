package io.hindsight.driver.spark.resident;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
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
 * A station that computes as it should, except that it begins a step with the next of its attacks.
 * As long as it has not delivered, the step cannot end, so an attack always meets its step.
 */
final class HostileStation implements Runnable {
  /** What it does with the shards it was given before it computes them properly. */
  interface Attack {
    /**
     * Sends something wrong.
     *
     * @param work the shards it was given: two ranges
     * @return the answer to be heeded next
     */
    Answer strike(HostileStation station, Answer.Work work) throws Exception;
  }

  static final String NAME = "9#hostile";

  private final GoldenCase golden;
  private final ShardPlan plan;
  private final long engine;
  private final Deque<Attack> attacks;
  private final PackedWeights packed;
  private StepPublication step;
  private volatile Exception failure;

  HostileStation(GoldenCase golden, long engine, List<Attack> attacks) {
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

  /** Asks as a station does. */
  Answer ask(List<ShardRange> computed, List<StepResult> results) throws Exception {
    return ask(new Turn(engine, NAME, 2, step(), computed, () -> results));
  }

  Answer ask(Turn turn) throws Exception {
    Coordinator coordinator = Reception.coordinator(turn.engine());
    return coordinator == null ? new Answer.Stop() : coordinator.answer(turn);
  }

  /** The right result. */
  StepResult compute(ShardRange range) {
    List<Shard> shards = plan.shards().subList(range.first(), range.end());
    ShardTask task =
        new ShardTask(
            golden.spec(), shards, plan.shards().size(), GoldenCase.SEED, GoldenCase.WINDOW);
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
      Answer answer = ask(List.of(), List.of());
      while (!(answer instanceof Answer.Stop)) {
        answer = heed(answer);
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  private Answer heed(Answer answer) throws Exception {
    if (answer instanceof Answer.Pause pause) {
      TimeUnit.NANOSECONDS.sleep(pause.nanos());
      return ask(List.of(), List.of());
    }
    Answer.Work work = (Answer.Work) answer;
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
