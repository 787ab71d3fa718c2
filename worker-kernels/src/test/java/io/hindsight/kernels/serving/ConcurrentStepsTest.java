package io.hindsight.kernels.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One predictor, sixteen threads, thousands of sequences that threads hand to each other. */
class ConcurrentStepsTest {
  private static final int THREADS = 16;
  private static final int SEQUENCES = 3000;
  private static final int STEPS = 12;

  /** A sequence that is read a step at a time, by whichever thread takes it from the queue. */
  private static final class Follower {
    final Sequence sequence;
    final PredictorState state;
    final double[] answers;
    int next;

    Follower(StepPredictor predictor, int number) {
      sequence = Samples.sequence(predictor.spec(), STEPS, number);
      state = predictor.newState();
      answers = new double[STEPS * predictor.outputs()];
    }

    boolean step(StepPredictor predictor) {
      double[] answer = Steps.answers(predictor, state, sequence, next, next + 1);
      System.arraycopy(answer, 0, answers, next * answer.length, answer.length);
      next++;
      return next < STEPS;
    }
  }

  @Test
  void shouldAnswerEachSequenceAsIfItWereAlone() throws Exception {
    NetworkSpec spec =
        Samples.spec(new LstmCell(), false, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP, 17, 9);
    Parameters parameters = Samples.parameters(spec, 1);
    StepPredictor predictor = new StepPredictor(parameters);
    List<Follower> all =
        IntStream.range(0, SEQUENCES).mapToObj(i -> new Follower(predictor, i)).toList();
    run(predictor, new ConcurrentLinkedQueue<>(all));
    Predictor alone = new Predictor(parameters);
    for (Follower follower : all) {
      assertArrayEquals(alone.predict(follower.sequence), follower.answers);
    }
  }

  private static void run(StepPredictor predictor, ConcurrentLinkedQueue<Follower> queue)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(
          threads.submit(
              () -> {
                start.countDown();
                start.await();
                for (Follower one = queue.poll(); one != null; one = queue.poll()) {
                  if (one.step(predictor)) {
                    queue.add(one);
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();
  }
}
