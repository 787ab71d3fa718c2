package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GoldenHashes;
import io.hindsight.driver.engine.GoldenRun;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.resident.HostileStation.Attack;
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

/** A station among others that sends what it should not, to a running engine. */
class WrongResultsTest {
  private static final int STEPS = 200;
  private static final int JOIN_AT = 10;
  private static final byte[] NOTHING = {};

  private final GoldenCase golden = GoldenCase.LSTM;
  private long question; // of the hostile station

  private static final int PIECE = 1 << 20; // bytes, longer than any result here

  @Test
  void shouldRefuseEveryWrongResultAndTrainToTheGoldenHash() throws Exception {
    List<Attack> attacks = new ArrayList<>();
    for (Tampering tampering : Tampering.values()) {
      attacks.add((station, work) -> tamper(station, work, tampering));
    }
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldRefuseEveryWrongMessageOfAnotherProcess() throws Exception {
    List<Attack> attacks = new ArrayList<>();
    for (Tampering tampering : Tampering.values()) {
      attacks.add(
          (station, work) -> {
            StepResult wrong = tampering.of(station.compute(work.ranges().get(0)));
            return bytes(station, work, StepBytes.ofResults(List.of(wrong), PIECE).get(0));
          });
    }
    for (int eighths = 0; eighths < 8; eighths++) {
      int kept = eighths;
      attacks.add(
          (station, work) -> {
            byte[] right = right(station, work);
            return bytes(station, work, Arrays.copyOf(right, right.length * kept / 8));
          });
    }
    for (int i = 0; i < 8; i++) {
      int seed = i;
      attacks.add((station, work) -> bytes(station, work, garbage(right(station, work), seed)));
    }
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldCountWhatComesTwiceOnce() throws Exception {
    List<Attack> attacks =
        List.of(
            (station, work) -> {
              List<ShardRange> first = work.ranges().subList(0, 1);
              List<StepResult> right = List.of(station.compute(first.get(0)));
              station.ask(first, right);
              return station.ask(first, right);
            },
            (station, work) -> { // the same shards by other hands
              ShardRange other = work.ranges().get(0);
              ShardRange single = new ShardRange(other.first(), 1);
              station.ask(List.of(single), List.of(station.compute(single)));
              return station.ask(List.of(other), List.of(station.compute(other)));
            });
    check(attacks, 2, 0);
  }

  /** As from stations whose work was given to others before they had done it. */
  @Test
  void shouldNotGiveUpForRightResultsHoweverOftenTheyCome() throws Exception {
    int times = ResidentEngine.MOST_REFUSALS + 10;
    List<Attack> attacks =
        List.of(
            (station, work) -> {
              List<ShardRange> first = work.ranges().subList(0, 1);
              List<StepResult> right = List.of(station.compute(first.get(0)));
              for (int i = 0; i < times; i++) {
                station.ask(first, right);
              }
              return station.ask(first, right);
            });
    check(attacks, times, 0);
  }

  @Test
  void shouldNotHeedResultsOfAnotherStepOrEngine() throws Exception {
    List<Attack> attacks =
        List.of(
            (station, work) -> otherStep(station, work, -1),
            (station, work) -> otherStep(station, work, 1),
            (station, work) -> otherStep(station, work, 1_000_000),
            (station, work) -> {
              Turn turn = turn(station, work, station.engine() + 1, 0);
              assertInstanceOf(Answer.Stop.class, station.ask(turn));
              return station.ask(List.of(), List.of());
            });
    check(attacks, 0, 3);
  }

  @Test
  void shouldRefuseAHeadThatIsNotOfItsBody() throws Exception {
    List<Attack> attacks =
        List.of(
            (station, work) ->
                station.ask(work.ranges(), List.of(station.compute(work.ranges().get(0)))),
            (station, work) ->
                station.ask(
                    List.of(work.ranges().get(0)), List.of(station.compute(work.ranges().get(1)))),
            (station, work) -> station.ask(work.ranges(), List.of()),
            (station, work) -> {
              List<ShardRange> outside = List.of(new ShardRange(1000, 2));
              assertThrows(IllegalStateException.class, () -> station.ask(outside, List.of()));
              return station.ask(List.of(), List.of());
            });
    check(attacks, 4, 0);
  }

  @Test
  void shouldRefusePiecesThatAreNoneOfAResult() throws Exception {
    List<Attack> attacks =
        List.of(
            (station, work) -> wire(station, work, 3, NOTHING), // announced, never sent
            (station, work) -> { // half of it sent
              byte[] right = right(station, work);
              put(station, 0, Arrays.copyOf(right, right.length / 2));
              return wire(station, work, 1, NOTHING);
            },
            (station, work) -> { // the second without the first
              put(station, 1, new byte[10]);
              return wire(station, work, 2, NOTHING);
            },
            (station, work) -> { // all of it, but for another question
              byte[] right = right(station, work);
              put(station, 0, Arrays.copyOf(right, right.length / 2));
              question++;
              byte[] rest = Arrays.copyOfRange(right, right.length / 2, right.length);
              return wire(station, work, 1, rest);
            },
            (station, work) -> { // of a question that came before
              question++;
              put(station, 0, NOTHING);
              question--;
              return refusedPiece(station, 1, 10);
            },
            (station, work) -> { // the same one twice
              question++;
              put(station, 3, NOTHING);
              return refusedPiece(station, 3, 10);
            },
            (station, work) -> refusedPiece(station, -1, 10),
            (station, work) -> refusedPiece(station, 0, tooLong()));
    check(attacks, attacks.size(), 0);
  }

  @Test
  void shouldRefuseWishesForShardsThatThereAreNot() throws Exception {
    int shards = golden.plan().shards().size();
    List<Attack> attacks =
        List.of(
            (station, work) -> {
              WireMessage wish = WireMessage.page(station.engine(), HostileStation.NAME, shards, 0);
              byte[][] bytes = wish.write();
              assertThrows(IllegalStateException.class, () -> Reception.receive(bytes));
              return station.ask(List.of(), List.of());
            },
            (station, work) -> { // a page that there is not is empty
              WireMessage wish = WireMessage.page(station.engine(), HostileStation.NAME, 0, 1000);
              byte[][] answer = (byte[][]) Reception.receive(wish.write());
              assertEquals(WireAnswer.PIECE, WireAnswer.head(answer).readUnsignedByte());
              assertEquals(0, answer[1].length);
              return station.ask(List.of(), List.of());
            });
    check(attacks, 1, 0);
  }

  @Test
  void shouldTakePiecesInAnyOrder() throws Exception {
    List<Attack> attacks =
        List.of(
            (station, work) -> {
              byte[] right = right(station, work);
              int third = right.length / 3;
              put(station, 1, Arrays.copyOfRange(right, third, 2 * third));
              put(station, 0, Arrays.copyOf(right, third));
              return wire(station, work, 2, Arrays.copyOfRange(right, 2 * third, right.length));
            });
    check(attacks, 0, 0);
  }

  @Test
  void shouldRefuseWhatIsNoMessage() {
    for (Object message : List.of("hello", 1L, new byte[0], new byte[3][4])) {
      assertThrows(IllegalStateException.class, () -> Reception.receive(message));
    }
    assertThrows(Exception.class, () -> Reception.receive(new byte[][] {{9, 9}, {}}));
    assertThrows(Exception.class, () -> Reception.receive(new byte[][] {{}, {}}));
    assertThrows(
        IllegalStateException.class,
        () -> new Turn(1, "1#a", -1, -1, List.of(), Turn.Results.NONE));
    assertThrows(
        IllegalStateException.class,
        () -> new Turn(1, "nobody", 1, -1, List.of(), Turn.Results.NONE));
  }

  private void check(List<Attack> attacks, long refused, long late) throws Exception {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      ResidentEngine engine =
          new ResidentEngine(session.context(), golden.spec(), golden.plan(), GoldenCase.SEED, 2);
      HostileStation station = new HostileStation(golden, engine.id(), attacks);
      Thread thread = new Thread(station, "hostile");
      String hash;
      try (engine) {
        hash = GoldenRun.hash(golden, engine, STEPS, step -> join(step, station, thread));
      }
      thread.join();
      assertEquals(0, station.attacksLeft(), "attacks not made");
      assertEquals(GoldenHashes.of(golden, STEPS), hash);
      assertEquals(new ResidentEvents(refused, late, 0, 0, 0), engine.events());
    }
  }

  private static void join(long step, HostileStation station, Thread thread) {
    if (step == JOIN_AT) {
      try {
        station.ask(List.of(), List.of());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      thread.start();
    }
  }

  private static Answer tamper(HostileStation station, Answer.Work work, Tampering tampering)
      throws Exception {
    StepResult wrong = tampering.of(station.compute(work.ranges().get(0)));
    return station.ask(work.ranges().subList(0, 1), List.of(wrong));
  }

  private static Turn turn(HostileStation station, Answer.Work work, long engine, long ahead) {
    List<StepResult> results = List.of(station.compute(work.ranges().get(0)));
    List<ShardRange> first = work.ranges().subList(0, 1);
    return new Turn(engine, HostileStation.NAME, 2, station.step() + ahead, first, () -> results);
  }

  private static Answer otherStep(HostileStation station, Answer.Work work, long ahead)
      throws Exception {
    return station.ask(turn(station, work, station.engine(), ahead));
  }

  private static byte[] right(HostileStation station, Answer.Work work) {
    return StepBytes.ofResults(List.of(station.compute(work.ranges().get(0))), PIECE).get(0);
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

  private Answer bytes(HostileStation station, Answer.Work work, byte[] body) throws Exception {
    return wire(station, work, 0, body);
  }

  private Answer wire(HostileStation station, Answer.Work work, int piece, byte[] body)
      throws Exception {
    List<ShardRange> first = work.ranges().subList(0, 1);
    Turn turn =
        new Turn(
            station.engine(), HostileStation.NAME, 2, station.step(), first, Turn.Results.NONE);
    byte[][] answer =
        (byte[][]) Reception.receive(WireMessage.turn(turn, question, piece, body).write());
    return switch (WireAnswer.head(answer).readUnsignedByte()) {
      case WireAnswer.STOP -> new Answer.Stop();
      // What it was told now it is told again, when it asks without having computed it.
      default -> station.ask(List.of(), List.of());
    };
  }

  private void put(HostileStation station, int piece, byte[] bytes) throws Exception {
    Turn turn =
        new Turn(
            station.engine(), HostileStation.NAME, 2, station.step(), List.of(), Turn.Results.NONE);
    Reception.receive(WireMessage.put(turn, question, piece, bytes).write());
  }

  private Answer refusedPiece(HostileStation station, int piece, int length) throws Exception {
    assertThrows(IllegalStateException.class, () -> put(station, piece, new byte[length]));
    return station.ask(List.of(), List.of());
  }

  private int tooLong() {
    return (int) StepBytes.mostBytes(golden.spec(), golden.plan()) + 1;
  }
}
