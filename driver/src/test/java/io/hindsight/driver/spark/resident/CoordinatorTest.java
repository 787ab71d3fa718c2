package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two workers in conversation with the coordinator, over the eight shards of a golden case. */
class CoordinatorTest {
  private static final List<ShardRange> NOTHING = List.of();
  private static final List<ShardRange> LOWER = List.of(new ShardRange(0, 4));
  private static final List<ShardRange> UPPER = List.of(new ShardRange(4, 4));
  private static final long MILLISECOND = 1_000_000; // ns
  private static final long LONG = 60_000 * MILLISECOND;
  private static final long NONE = -1; // of a worker that has had no step yet
  private static final String A = "0#a";
  private static final String B = "1#b";

  private final GoldenCase golden = GoldenCase.RNN;
  private final ShardPlan plan = golden.plan();
  private final Parameters weights = golden.initialWeights();
  private long now = 5_000_000_000L; // ns
  private final Coordinator coordinator = new Coordinator(plan, Optional.empty(), () -> now);

  @Test
  void shouldDivideTheShardsByTheTasksThatAreThere() {
    arrive(A, 3);
    arrive(B, 1);
    publish(0);
    List<ShardRange> three =
        List.of(new ShardRange(0, 2), new ShardRange(2, 2), new ShardRange(4, 2));
    assertEquals(three, firstWork(A, 3).ranges());
    assertEquals(List.of(new ShardRange(6, 2)), firstWork(B, 1).ranges());
  }

  @Test
  void shouldSendTheWeightsOncePerStep() {
    arrive(A, 1);
    publish(0);
    assertTrue(firstWork(A, 1).input().isPresent());
    coordinator.loseExecutor("none", "");
    assertTrue(work(A, 1, 0).input().isEmpty());
  }

  @Test
  void shouldTellAgainWhatAnAnswerThatWasLostHadTold() {
    join();
    publish(0);
    assertEquals(LOWER, firstWork(A, 1).ranges());
    assertEquals(LOWER, firstWork(A, 1).ranges());
    pause(ask(A, 1, 0, LOWER));
  }

  @Test
  void shouldGiveTheShardsOfALostExecutorToOthers() {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    coordinator.loseExecutor("1", "killed");
    assertEquals(List.of(A), coordinator.names());
    assertEquals(1, coordinator.lost());
    assertEquals(UPPER, ((PollReply.Work) ask(A, 1, 0, LOWER)).ranges());
  }

  @Test
  void shouldShareWhatALostExecutorHadAmongAllTasksOfAnother() {
    pause(arrive(A, 4));
    pause(arrive(B, 4));
    publish(0);
    List<ShardRange> own = firstWork(A, 4).ranges();
    List<ShardRange> others = firstWork(B, 4).ranges();
    assertEquals(4, others.size());
    coordinator.loseExecutor("1", "killed");
    assertEquals(others, ((PollReply.Work) ask(A, 4, 0, own)).ranges(), "a piece for each task");
  }

  @Test
  void shouldShareAmongTheTasksOfANewJobWhatNobodyWasLeftToTake() {
    pause(arrive(A, 4));
    publish(0);
    firstWork(A, 4);
    coordinator.loseExecutor("0", "killed");
    for (int task = 1; task <= 4; task++) { // they sit down one by one
      String worker = "2#" + task;
      List<ShardRange> piece =
          List.of(new ShardRange(2 * task - 2, 1), new ShardRange(2 * task - 1, 1));
      assertEquals(piece.subList(0, 1), firstWork(worker, 1).ranges());
      assertEquals(
          piece.subList(1, 2), ((PollReply.Work) ask(worker, 1, 0, piece.subList(0, 1))).ranges());
    }
  }

  @Test
  void shouldStopAWorkerWhoseExecutorSparkHasGivenUp() throws Exception {
    join();
    publish(0);
    firstWork(B, 1);
    coordinator.loseExecutor("1", "no heartbeat");
    assertInstanceOf(PollReply.Stop.class, ask(B, 1, 0, UPPER));
    assertEquals(B, coordinator.await(0).worker(), "what it brings is right all the same");
    assertEquals(List.of(A), coordinator.names());
  }

  @Test
  void shouldHearWorkerThatAreSendingSomethingLarge() throws Exception {
    join();
    publish(0);
    now += 20 * MILLISECOND;
    coordinator.hear(A);
    now += 7 * MILLISECOND;
    assertEquals(7 * MILLISECOND, coordinator.silentNanos());
    assertEquals(List.of(A, B), coordinator.names());
    coordinator.hear("2#nobody");
    assertEquals(List.of(A, B), coordinator.names());
  }

  @Test
  void shouldTakeTheResultsOfAWorkerThatLeaves() throws Exception {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    assertInstanceOf(PollReply.Stop.class, ask(A, 0, 0, LOWER));
    assertEquals(A, coordinator.await(0).worker());
    assertEquals(1, coordinator.lost());
    pause(ask(B, 1, 0, UPPER));
  }

  @Test
  void shouldLetAWorkerThatCameLateHaveItsPart() {
    publish(0);
    assertEquals(List.of(new ShardRange(0, 4), new ShardRange(4, 4)), firstWork(A, 2).ranges());
    pause(arrive(B, 2));
    coordinator.complete();
    publish(1);
    assertEquals(List.of(new ShardRange(0, 2), new ShardRange(2, 2)), work(A, 2, 0).ranges());
    assertEquals(List.of(new ShardRange(4, 2), new ShardRange(6, 2)), firstWork(B, 2).ranges());
  }

  @Test
  void shouldCountResultsOfAnotherStepAsLate() throws Exception {
    join();
    publish(0);
    firstWork(A, 1);
    coordinator.complete();
    pause(ask(A, 1, 0, LOWER));
    publish(1);
    PollReply.Work again = (PollReply.Work) ask(A, 1, 0, LOWER);
    assertEquals(1, again.step());
    assertEquals(2, coordinator.late());
    assertNull(coordinator.await(0));
    assertEquals(LOWER, work(A, 1, 1).ranges(), "told, but not done");
  }

  @Test
  void shouldGiveOutOnceWhatWasRefused() throws Exception {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    ask(A, 1, 0, LOWER);
    coordinator.redo(LOWER);
    pause(ask(A, 1, 0, NOTHING), "its results are not looked at yet");
    coordinator.await(0);
    coordinator.redo(LOWER);
    coordinator.redo(LOWER);
    assertEquals(LOWER, work(A, 1, 0).ranges());
    pause(ask(B, 1, 0, UPPER));
  }

  @Test
  void shouldGiveTheWorkOfASilentWorkerAwayAndTakeItBackWhenItReturns() throws Exception {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    ask(A, 1, 0, LOWER);
    ask(B, 1, 0, UPPER);
    coordinator.complete();
    publish(1);
    assertEquals(LOWER, work(A, 1, 0).ranges());
    work(B, 1, 0); // and is silent from here on
    ask(A, 1, 1, LOWER);
    coordinator.checkWorkers();
    assertEquals(0, coordinator.suspected());
    assertFalse(coordinator.isAnySilent());
    now += 2_900 * MILLISECOND;
    coordinator.checkWorkers();
    assertEquals(0, coordinator.suspected());
    now += 200 * MILLISECOND; // beyond the patience of PollSchedule
    coordinator.checkWorkers();
    assertEquals(1, coordinator.suspected());
    assertTrue(coordinator.isAnySilent());
    assertEquals(1, coordinator.tasks());
    assertEquals(UPPER, work(A, 1, 1).ranges());
    pause(ask(B, 1, 1, UPPER), "it brings what another computes");
    assertEquals(2, coordinator.tasks());
    assertFalse(coordinator.isAnySilent(), "it has returned");
    coordinator.complete();
    publish(2);
    assertEquals(UPPER, work(B, 1, 1).ranges());
    assertEquals(0, coordinator.lost());
  }

  @Test
  void shouldWaitForASilentWorkerThatNobodyCanReplace() throws Exception {
    arrive(A, 1);
    publish(0);
    firstWork(A, 1);
    ask(A, 1, 0, List.of(new ShardRange(0, 8)));
    coordinator.complete();
    publish(1);
    work(A, 1, 0);
    now += 3_100 * MILLISECOND;
    coordinator.checkWorkers();
    assertEquals(0, coordinator.suspected());
  }

  @Test
  void shouldTellWhenAllWorkersAreSilent() {
    join();
    publish(0);
    firstWork(A, 1);
    ask(A, 1, 0, LOWER);
    firstWork(B, 1);
    ask(B, 1, 0, UPPER);
    assertEquals(0, coordinator.workersIfAllAreSilent());
    coordinator.complete();
    publish(1);
    work(A, 1, 0);
    now += 1_000 * MILLISECOND;
    work(B, 1, 0);
    now += 2_500 * MILLISECOND;
    assertEquals(0, coordinator.workersIfAllAreSilent(), "B may be computing");
    now += 1_000 * MILLISECOND;
    assertEquals(2, coordinator.workersIfAllAreSilent());
    pause(ask("2#c", 1, NONE, NOTHING));
    assertEquals(0, coordinator.workersIfAllAreSilent(), "a third waits");
    coordinator.checkWorkers();
    firstWork("2#c", 1);
    now += 3_100 * MILLISECOND;
    assertEquals(3, coordinator.workersIfAllAreSilent(), "it has fallen silent, too");
    ask(A, 1, 1, LOWER);
    assertEquals(0, coordinator.workersIfAllAreSilent(), "A has returned");
  }

  @Test
  void shouldNotCallItSilenceWhereNoWorkerIs() {
    publish(0);
    now += LONG;
    assertEquals(0, coordinator.workersIfAllAreSilent());
  }

  @Test
  void shouldTellSilenceWhenNoWorkerIsLeft() throws Exception {
    arrive(A, 1);
    publish(0);
    coordinator.loseExecutor("0", "killed");
    now += 20 * MILLISECOND;
    assertEquals(20 * MILLISECOND, coordinator.silentNanos());
    assertEquals(0, coordinator.tasks());
    BitSet all = new BitSet();
    for (ShardRange range : firstWork(B, 8).ranges()) {
      all.set(range.first(), range.end());
    }
    assertEquals(8, all.cardinality());
  }

  @Test
  void shouldHoldNobodyWhileAnotherMayHaveResultsToBring() {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    pause(ask(A, 1, 0, LOWER));
    assertFalse(coordinator.isStepDue(LONG));
    pause(ask(B, 1, 0, UPPER));
    assertTrue(coordinator.isStepDue(LONG));
    coordinator.complete();
    assertTrue(coordinator.isStepDue(LONG));
  }

  @Test
  void shouldWaitForNewsAsLongAsAskedFor() throws Exception {
    join();
    long before = coordinator.version();
    long start = System.nanoTime();
    assertFalse(coordinator.awaitChange(before, 5_000_000, true));
    assertTrue(System.nanoTime() - start >= 5_000_000);
    publish(0);
    assertTrue(coordinator.awaitChange(before, LONG, false), "what came since the poll counts");
  }

  @Test
  void shouldSleepOnWhenATaskIsDoneUntilResultsCome() throws Exception {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    coordinator.announce();
    long start = System.nanoTime();
    assertNull(coordinator.await(20));
    assertTrue(System.nanoTime() - start >= 20_000_000);
    coordinator.announce();
    ask(A, 1, 0, LOWER);
    coordinator.announce();
    assertEquals(A, coordinator.await(0).worker());
    assertNull(coordinator.await(0));
  }

  @Test
  void shouldGiveOutAgainWhatIsMissingThoughATaskIsDone() {
    join();
    publish(0);
    firstWork(A, 1);
    firstWork(B, 1);
    arrive(B, 1);
    coordinator.loseExecutor("1", "killed");
    coordinator.announce();
    long before = coordinator.version();
    coordinator.redo(UPPER);
    assertTrue(coordinator.version() > before);
  }

  @Test
  void shouldSendEveryoneHomeAtTheEnd() {
    join();
    publish(0);
    coordinator.stop();
    assertInstanceOf(PollReply.Stop.class, arrive(A, 1));
    assertInstanceOf(PollReply.Stop.class, ask(A, 0, NONE, NOTHING));
    assertEquals(0, coordinator.lost());
  }

  private void join() {
    pause(arrive(A, 1));
    pause(arrive(B, 1));
  }

  private void publish(long step) {
    StepRequest request =
        new StepRequest(
            7,
            step,
            0,
            step,
            weights.fingerprint(),
            Backpropagation.truncated(1),
            Optional.empty());
    coordinator.publish(new StepInput(weights, request));
  }

  /** A worker asks for the first time. */
  private PollReply arrive(String worker, int tasks) {
    return ask(worker, tasks, NONE, NOTHING);
  }

  /** What a worker gets that has had no step yet. */
  private PollReply.Work firstWork(String worker, int tasks) {
    return work(worker, tasks, NONE);
  }

  private PollReply ask(String worker, int tasks, long step, List<ShardRange> computed) {
    return coordinator.answer(
        new Poll(1, worker, tasks, step, new ArrayList<>(computed), Poll.Results.NONE));
  }

  private PollReply.Work work(String worker, int tasks, long step) {
    return assertInstanceOf(PollReply.Work.class, ask(worker, tasks, step, NOTHING));
  }

  private static void pause(PollReply answer, String... why) {
    assertInstanceOf(PollReply.Wait.class, answer, String.join("", why));
  }
}
