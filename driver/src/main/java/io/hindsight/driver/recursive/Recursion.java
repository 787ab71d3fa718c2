package io.hindsight.driver.recursive;

import io.hindsight.datasets.encoded.AheadTargets;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.recursive.FedColumns;
import io.hindsight.datasets.recursive.FedPath;
import io.hindsight.datasets.windows.WindowLanes;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.Forks;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.PieceByPiece;
import io.hindsight.kernels.distribution.Draws;
import io.hindsight.kernels.distribution.NumberAnswers;
import io.hindsight.kernels.network.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network of one step that answers several by reading its answers. Steps go on eight at a time;
 * lanes never meet, so no answer depends on its neighbours. For one thread.
 */
public final class Recursion {
  private final PackedWeights weights;
  private final FedColumns fed;
  private final OutputSpec output; // of one step
  private final Choosing number;
  private final int columns; // O
  private final int answers; // H
  private final PieceByPiece pieces;
  private final Forks forks;

  /** Takes what is answered of a step. */
  @FunctionalInterface
  public interface Reader {
    /**
     * All answers of a step.
     *
     * @param judged the sequence with the targets of all steps ahead
     * @param outputs as of a network that answers them at once // (H·O·P)
     */
    void read(Sequence judged, int step, double[] outputs);
  }

  /** Of weights, for data of an encoding. */
  public Recursion(PackedWeights weights, Encoding.Table encoding) {
    this.weights = weights;
    fed = new FedColumns(encoding);
    output = weights.spec().output();
    number = Choosing.number(new NumberAnswers(output));
    columns = output.size();
    answers = encoding.horizon().answers();
    pieces = new PieceByPiece(weights.spec());
    forks = new Forks(weights);
  }

  /** What is answered of a step, where a network has these outputs. */
  public static OutputSpec output(OutputSpec trained, Encoding encoding) {
    return isUsed(encoding) ? trained.ahead(answers(encoding)) : trained;
  }

  /** How many answers of the network a step has, each of which reads the one before. */
  public static int answers(Encoding encoding) {
    return isUsed(encoding) ? ((Encoding.Table) encoding).horizon().answers() : 1;
  }

  /** Whether answers are read. */
  public static boolean isUsed(Encoding encoding) {
    return encoding instanceof Encoding.Table table && table.horizon().isRecursive();
  }

  /** What a user should know of the intervals that are answered; absent if they are calibrated. */
  public static Optional<String> warning(OutputSpec trained, Encoding encoding) {
    boolean narrow =
        answers(encoding) > 1
            && !trained.options().quantiles().isEmpty()
            && trained.options().margins().isEmpty();
    return narrow
        ? Optional.of(
            "with data.strategy: recursive the interval of a step takes the answers before it for true, so from the second step on it is too narrow; model.output.conformal: true widens it by the errors of the validation part")
        : Optional.empty();
  }

  /**
   * Answers the steps of windows that have any target ahead, as far as they have.
   *
   * @param windows eight at most, of sequences with targets one step ahead
   * @param reader told of each step, in no order
   */
  public void steps(List<Window> windows, Forecast truth, Reader reader) {
    AheadTargets targets = new AheadTargets(truth);
    List<Window> judged = windows.stream().map(targets::of).toList();
    run(
        windows,
        (bptt, batch) -> {
          for (int lane = 0; lane < windows.size(); lane++) {
            for (int t = 0; t < batch.length(lane); t++) {
              if (judged.get(lane).isScored(batch.startInWindow(lane) + t)) {
                Sequence of = judged.get(lane).sequence();
                step(bptt, lane, t, truth, of, batch.start(lane) + t, reader);
              }
            }
          }
        });
  }

  private void step(
      Bptt bptt, int lane, int t, Forecast truth, Sequence of, int step, Reader reader) {
    int count = farthest(of, step) - 1;
    double[] scale = truth.of(of).scale();
    FedPath path = new FedPath(fed, truth.of(of).values(), scale, step);
    FedFork[] fork = new FedFork[1];
    fork[0] =
        fork(
            path,
            number,
            of,
            fed.known(truth, of, step, count),
            () -> reader.read(of, step, fork[0].raw()));
    begin(bptt, lane, t, fork[0]);
  }

  /** Steps to the farthest target that there is. */
  private int farthest(Sequence judged, int step) {
    int element = answers * columns - 1;
    while (element > 0 && Double.isNaN(judged.targets()[step * answers * columns + element])) {
      element--;
    }
    return 1 + element / columns;
  }

  /**
   * Answers what follows the last steps of windows.
   *
   * @param windows eight at most
   * @param inputs what they are of
   * @param draws of samples; absent for none
   * @param samples how many
   * @return of each window
   */
  public List<Continued> ends(
      List<Window> windows, List<Encoded> inputs, Optional<Draws> draws, int samples) {
    List<FedFork[]> forksOf = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      forksOf.add(forks(windows.get(i), inputs.get(i), draws, samples));
    }
    run(
        windows,
        (bptt, batch) -> {
          for (int lane = 0; lane < windows.size(); lane++) {
            int last = batch.length(lane) - 1;
            if (last >= 0 && batch.startInWindow(lane) + last == windows.get(lane).steps() - 1) {
              for (FedFork fork : forksOf.get(lane)) {
                begin(bptt, lane, last, fork);
              }
            }
          }
        });
    return forksOf.stream().map(Recursion::continued).toList();
  }

  private FedFork[] forks(Window window, Encoded input, Optional<Draws> draws, int samples) {
    FedFork[] made = new FedFork[1 + samples];
    int step = window.start() + window.steps() - 1;
    for (int i = 0; i <= samples; i++) {
      Choosing choosing =
          i == 0 ? number : Choosing.sample(draws.orElseThrow(), input.id(), step, columns, i - 1);
      FedPath path = new FedPath(fed, input.series(), input.scale(), step);
      made[i] = fork(path, choosing, window.sequence(), input.later().clone(), () -> {});
    }
    return made;
  }

  private static Continued continued(FedFork[] made) {
    double[][] samples = new double[made.length - 1][];
    for (int i = 1; i < made.length; i++) {
      samples[i - 1] = made[i].values();
    }
    return new Continued(made[0].raw(), samples);
  }

  private FedFork fork(
      FedPath path, Choosing choosing, Sequence of, double[] known, Runnable done) {
    return new FedFork(fed, path, output, choosing, of, known, answers, done);
  }

  private void begin(Bptt bptt, int lane, int t, FedFork fork) {
    double[] first = new double[output.answers()];
    bptt.outputs(lane, t, first, 0);
    fork.begin(first);
    if (!fork.isDone()) {
      forks.add(bptt, lane, t, fork);
    }
  }

  /** Runs windows of which every step is answered, and all that goes on from them. */
  private void run(List<Window> windows, PieceByPiece.Reader reader) {
    List<Window> inputs =
        windows.stream()
            .map(
                window ->
                    new Window(
                        window.sequence().withoutTargets(),
                        window.start(),
                        window.steps(),
                        0,
                        window.cut()))
            .toList();
    pieces.run(weights, new WindowLanes(inputs), reader);
    forks.run();
  }
}
