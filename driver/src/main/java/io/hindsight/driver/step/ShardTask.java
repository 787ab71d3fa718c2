package io.hindsight.driver.step;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.StepWindows;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.team.Team;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pure function every engine runs: (weights, carried state, step) → gradient sums of a run of
 * shards.
 *
 * <p>All shards go through one forward and one backward pass; only their gradients are kept apart.
 * Workspace and sums are reused by the next call, so one object serves one caller and a result must
 * be merged or serialized before the next.
 */
public final class ShardTask {
  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final List<Shard> shards;
  private final int totalShards;
  private final long seed;
  private final StepWindows windows;
  private final Bptt bptt;
  private final GradientSum[] sums; // [shards of the task]
  private final GradientSum[] sumOfBlock; // [blocks of the task]

  /**
   * A task over consecutive shards.
   *
   * @param shards at least one
   * @param totalShards shards of the whole minibatch
   * @param windows how sequences are taken piece by piece
   */
  public ShardTask(
      NetworkSpec spec, List<Shard> shards, int totalShards, long seed, CarriedWindows windows) {
    this(spec, shards, totalShards, seed, windows, Team.ALONE);
  }

  /** As above, computed by a team together; the results have the same bits. */
  ShardTask(
      NetworkSpec spec,
      List<Shard> shards,
      int totalShards,
      long seed,
      CarriedWindows windows,
      Team team) {
    this.spec = spec;
    this.shards = List.copyOf(shards);
    this.totalShards = totalShards;
    this.seed = seed;
    this.windows = new StepWindows(shards, seed, windows);
    layout = new ParameterLayout(spec);
    bptt = new Bptt(spec, team);
    sums = new GradientSum[shards.size()];
    sumOfBlock = new GradientSum[this.windows.blocks()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new GradientSum(layout);
      int from = shards.get(i).firstBlock() - firstBlock();
      Arrays.fill(sumOfBlock, from, from + shards.get(i).blocks(), sums[i]);
    }
  }

  private int firstBlock() {
    return shards.get(0).firstBlock();
  }

  /** Computes the step. */
  public StepResult run(PackedWeights weights, StepRequest request) {
    long start = System.nanoTime();
    SequenceBatch batch = windows.of(request.epoch(), request.stepInEpoch());
    for (GradientSum sum : sums) {
      sum.clear();
    }
    int firstLane = firstBlock() * SequenceBatch.LANES;
    Noise noise = new CounterNoise(seed, request.step(), firstLane);
    bptt.forward(weights, batch, initialState(request, batch), noise);
    bptt.backward(weights, request.backpropagation(), sumOfBlock);
    windows.readAhead();
    Optional<CarriedState> carried = request.carried().map(state -> handedOn());
    Optional<NonFinite> nonFinite = firstNonFinite();
    ReductionTree tree = new ReductionTree(totalShards);
    for (int i = 0; i < sums.length; i++) {
      tree.add(shards.get(i).id(), sums[i]);
    }
    List<ReductionTree.Node> nodes = tree.nodes();
    return new StepResult(
        request.runId(),
        request.step(),
        request.weights(),
        shards.get(0).id(),
        shards.size(),
        nodes,
        carried,
        nonFinite.or(() -> NonFinite.ofMerged(nodes)),
        batch.occupied(),
        System.nanoTime() - start);
  }

  /** The carried states of the task's blocks; zero where a sequence starts. */
  private CarriedState initialState(StepRequest request, SequenceBatch batch) {
    if (request.carried().isEmpty()) {
      return null;
    }
    CarriedState initial = new CarriedState(spec, batch.blocks());
    initial.copyBlocks(request.carried().get(), firstBlock(), 0, batch.blocks());
    for (int lane = 0; lane < batch.lanes(); lane++) {
      if (batch.length(lane) == 0 || batch.startInWindow(lane) == 0) {
        initial.resetLane(lane);
      }
    }
    return initial;
  }

  private CarriedState handedOn() {
    CarriedState state = new CarriedState(spec, windows.blocks());
    bptt.finalState(state);
    return state;
  }

  private Optional<NonFinite> firstNonFinite() {
    for (int i = 0; i < sums.length; i++) {
      int element = sums[i].firstNonFinite();
      if (element >= 0) {
        return Optional.of(new NonFinite(shards.get(i).id(), layout.blockAt(element).name()));
      }
      if (!Double.isFinite(sums[i].loss())) {
        return Optional.of(new NonFinite(shards.get(i).id(), "the loss"));
      }
    }
    return Optional.empty();
  }
}
