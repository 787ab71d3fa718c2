package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.resident.HostileWorker.Attack;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker among others that sends what it should not, to a running engine. */
class WrongResultsTest {
  private static final int STEPS = 200;
  private static final int JOIN_AT = 10;
  private static final byte[] NOTHING = {};

  private final GoldenCase golden = GoldenCase.LSTM;
  private long pollNumber; // of the hostile worker

  private static final int PIECE = 1 << 20; // bytes, longer than any result here

  @Test
  void shouldRefuseEveryWrongResultAndTrainToTheGoldenHash() throws Exception {
    List<Attack> attacks = new ArrayList<>();
    for (Tampering tampering : Tampering.values()) {
      attacks.add((worker, work) -> tamper(worker, work, tampering));
    }
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldRefuseEveryWrongMessageOfAnotherProcess() throws Exception {
    List<Attack> attacks = new ArrayList<>();
    for (Tampering tampering : Tampering.values()) {
      attacks.add(
          (worker, work) -> {
            StepResult wrong = tampering.of(worker.compute(work.ranges().get(0)));
            return bytes(worker, work, StepBytes.ofResults(List.of(wrong), PIECE).get(0));
          });
    }
    for (int eighths = 0; eighths < 8; eighths++) {
      int kept = eighths;
      attacks.add(
          (worker, work) -> {
            byte[] right = right(worker, work);
            return bytes(worker, work, Arrays.copyOf(right, right.length * kept / 8));
          });
    }
    for (int i = 0; i < 8; i++) {
      int seed = i;
      attacks.add((worker, work) -> bytes(worker, work, garbage(right(worker, work), seed)));
    }
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldCountWhatComesTwiceOnce() throws Exception {
    List<Attack> attacks =
        List.of(
            (worker, work) -> {
              List<ShardRange> first = work.ranges().subList(0, 1);
              List<StepResult> right = List.of(worker.compute(first.get(0)));
              worker.ask(first, right);
              return worker.ask(first, right);
            },
            (worker, work) -> { // the same shards by other hands
              ShardRange other = work.ranges().get(0);
              ShardRange single = new ShardRange(other.first(), 1);
              worker.ask(List.of(single), List.of(worker.compute(single)));
              return worker.ask(List.of(other), List.of(worker.compute(other)));
            });
    check(attacks, 2, 0);
  }

  /** As from workers whose work was given to others before they had done it. */
  @Test
  void shouldNotGiveUpForRightResultsHoweverOftenTheyCome() throws Exception {
    int times = ResidentEngine.MOST_REFUSALS + 10;
    List<Attack> attacks =
        List.of(
            (worker, work) -> {
              List<ShardRange> first = work.ranges().subList(0, 1);
              List<StepResult> right = List.of(worker.compute(first.get(0)));
              for (int i = 0; i < times; i++) {
                worker.ask(first, right);
              }
              return worker.ask(first, right);
            });
    check(attacks, times, 0);
  }

  @Test
  void shouldNotHeedResultsOfAnotherStepOrEngine() throws Exception {
    List<Attack> attacks =
        List.of(
            (worker, work) -> otherStep(worker, work, -1),
            (worker, work) -> otherStep(worker, work, 1),
            (worker, work) -> otherStep(worker, work, 1_000_000),
            (worker, work) -> {
              Poll poll = poll(worker, work, worker.engine() + 1, 0);
              assertInstanceOf(PollReply.Stop.class, worker.ask(poll));
              return worker.ask(List.of(), List.of());
            });
    check(attacks, 0, 3);
  }

  @Test
  void shouldRefuseAHeadThatIsNotOfItsBody() throws Exception {
    List<Attack> attacks =
        List.of(
            (worker, work) ->
                worker.ask(work.ranges(), List.of(worker.compute(work.ranges().get(0)))),
            (worker, work) ->
                worker.ask(
                    List.of(work.ranges().get(0)), List.of(worker.compute(work.ranges().get(1)))),
            (worker, work) -> worker.ask(work.ranges(), List.of()),
            (worker, work) -> {
              List<ShardRange> outside = List.of(new ShardRange(1000, 2));
              assertThrows(IllegalStateException.class, () -> worker.ask(outside, List.of()));
              return worker.ask(List.of(), List.of());
            });
    check(attacks, 4, 0);
  }

  @Test
  void shouldRefusePiecesThatAreNoneOfAResult() throws Exception {
    List<Attack> attacks =
        List.of(
            (worker, work) -> wire(worker, work, 3, NOTHING), // announced, never sent
            (worker, work) -> { // half of it sent
              byte[] right = right(worker, work);
              put(worker, 0, Arrays.copyOf(right, right.length / 2));
              return wire(worker, work, 1, NOTHING);
            },
            (worker, work) -> { // the second without the first
              put(worker, 1, new byte[10]);
              return wire(worker, work, 2, NOTHING);
            },
            (worker, work) -> { // all of it, but for another poll
              byte[] right = right(worker, work);
              put(worker, 0, Arrays.copyOf(right, right.length / 2));
              pollNumber++;
              byte[] rest = Arrays.copyOfRange(right, right.length / 2, right.length);
              return wire(worker, work, 1, rest);
            },
            (worker, work) -> { // of a poll that came before
              pollNumber++;
              put(worker, 0, NOTHING);
              pollNumber--;
              return refusedPiece(worker, 1, 10);
            },
            (worker, work) -> { // the same one twice
              pollNumber++;
              put(worker, 3, NOTHING);
              return refusedPiece(worker, 3, 10);
            },
            (worker, work) -> refusedPiece(worker, -1, 10),
            (worker, work) -> refusedPiece(worker, 0, tooLong()));
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldRefuseWishesForShardsThatThereAreNot() throws Exception {
    int shards = golden.plan().shards().size();
    List<Attack> attacks =
        List.of(
            (worker, work) -> {
              WorkerMessage wish =
                  WorkerMessage.page(worker.engine(), HostileWorker.NAME, shards, 0);
              byte[][] bytes = wish.write();
              assertThrows(IllegalStateException.class, () -> EngineRegistry.receive(bytes));
              return worker.ask(List.of(), List.of());
            },
            (worker, work) -> { // a page that there is not is empty
              WorkerMessage wish = WorkerMessage.page(worker.engine(), HostileWorker.NAME, 0, 1000);
              byte[][] answer = (byte[][]) EngineRegistry.receive(wish.write());
              assertEquals(DriverReply.PIECE, DriverReply.head(answer).readUnsignedByte());
              assertEquals(0, answer[1].length);
              return worker.ask(List.of(), List.of());
            });
    check(attacks, 1, 0);
  }

  @Test
  void shouldTakePiecesInAnyOrder() throws Exception {
    List<Attack> attacks =
        List.of(
            (worker, work) -> {
              byte[] right = right(worker, work);
              int third = right.length / 3;
              put(worker, 1, Arrays.copyOfRange(right, third, 2 * third));
              put(worker, 0, Arrays.copyOf(right, third));
              return wire(worker, work, 2, Arrays.copyOfRange(right, 2 * third, right.length));
            });
    check(attacks, 0, 0);
  }

  @Test
  void shouldRefuseWhatIsNoMessage() {
    for (Object message : List.of("hello", 1L, new byte[0], new byte[3][4])) {
      assertThrows(IllegalStateException.class, () -> EngineRegistry.receive(message));
    }
    assertThrows(Exception.class, () -> EngineRegistry.receive(new byte[][] {{9, 9}, {}}));
    assertThrows(Exception.class, () -> EngineRegistry.receive(new byte[][] {{}, {}}));
    assertThrows(
        IllegalStateException.class,
        () -> new Poll(1, "1#a", -1, -1, List.of(), Poll.Results.NONE));
    assertThrows(
        IllegalStateException.class,
        () -> new Poll(1, "nobody", 1, -1, List.of(), Poll.Results.NONE));
  }

  private void check(List<Attack> attacks, long refused, long late) throws Exception {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      ResidentEngine engine =
          new ResidentEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, 2);
      HostileWorker worker = new HostileWorker(golden, engine.id(), attacks);
      Thread thread = new Thread(worker, "hostile");
      String hash;
      try (engine) {
        hash = GoldenRun.hash(golden, engine, STEPS, step -> join(step, worker, thread));
      }
      thread.join();
      assertEquals(0, worker.attacksLeft(), "attacks not made");
      assertEquals(GoldenHashes.of(golden, STEPS), hash);
      assertEquals(new ResidentEvents(refused, late, 0, 0, 0), engine.events());
    }
  }

  private static void join(long step, HostileWorker worker, Thread thread) {
    if (step == JOIN_AT) {
      try {
        worker.ask(List.of(), List.of());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      thread.start();
    }
  }

  private static PollReply tamper(HostileWorker worker, PollReply.Work work, Tampering tampering)
      throws Exception {
    StepResult wrong = tampering.of(worker.compute(work.ranges().get(0)));
    return worker.ask(work.ranges().subList(0, 1), List.of(wrong));
  }

  private static Poll poll(HostileWorker worker, PollReply.Work work, long engine, long ahead) {
    List<StepResult> results = List.of(worker.compute(work.ranges().get(0)));
    List<ShardRange> first = work.ranges().subList(0, 1);
    return new Poll(engine, HostileWorker.NAME, 2, worker.step() + ahead, first, () -> results);
  }

  private static PollReply otherStep(HostileWorker worker, PollReply.Work work, long ahead)
      throws Exception {
    return worker.ask(poll(worker, work, worker.engine(), ahead));
  }

  private static byte[] right(HostileWorker worker, PollReply.Work work) {
    return StepBytes.ofResults(List.of(worker.compute(work.ranges().get(0))), PIECE).get(0);
  }

  /** Right at the beginning, so that the reader gets somewhere. */
  private static byte[] garbage(byte[] right, int seed) {
    CounterRandom random = CounterRandom.of(seed, Purpose.GENERATED_DATA, 1);
    byte[] bytes = right.clone();
    int from = Math.min(8 * seed, bytes.length);
    for (int i = from; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private PollReply bytes(HostileWorker worker, PollReply.Work work, byte[] body) throws Exception {
    return wire(worker, work, 0, body);
  }

  private PollReply wire(HostileWorker worker, PollReply.Work work, int piece, byte[] body)
      throws Exception {
    List<ShardRange> first = work.ranges().subList(0, 1);
    Poll poll =
        new Poll(worker.engine(), HostileWorker.NAME, 2, worker.step(), first, Poll.Results.NONE);
    byte[][] answer =
        (byte[][])
            EngineRegistry.receive(WorkerMessage.poll(poll, pollNumber, piece, body).write());
    return switch (DriverReply.head(answer).readUnsignedByte()) {
      case DriverReply.STOP -> new PollReply.Stop();
      // What it was told now it is told again, when it asks without having computed it.
      default -> worker.ask(List.of(), List.of());
    };
  }

  private void put(HostileWorker worker, int piece, byte[] bytes) throws Exception {
    Poll poll =
        new Poll(
            worker.engine(), HostileWorker.NAME, 2, worker.step(), List.of(), Poll.Results.NONE);
    EngineRegistry.receive(WorkerMessage.put(poll, pollNumber, piece, bytes).write());
  }

  private PollReply refusedPiece(HostileWorker worker, int piece, int length) throws Exception {
    assertThrows(IllegalStateException.class, () -> put(worker, piece, new byte[length]));
    return worker.ask(List.of(), List.of());
  }

  private int tooLong() {
    return (int) StepBytes.mostBytes(golden.spec(), golden.plan()) + 1;
  }
}
