package io.hindsight.driver.recursive;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoded.AheadTargets;
import io.hindsight.datasets.encoded.EncodedInput.Encoded;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.TargetSeries;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
  private final int paths; // 0 where the number itself is read
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
    paths = encoding.horizon().paths();
    pieces = new PieceByPiece(weights.spec());
    forks = new Forks(weights);
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
    TargetSeries series = truth.of(of);
    Start start =
        new Start(of, series.values(), series.scale(), step, fed.known(truth, of, step, count));
    goOn(start, raw -> reader.read(of, step, raw), fork -> begin(bptt, lane, t, fork));
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
    double[][] answered = new double[windows.size()][];
    double[][][] drawn = new double[windows.size()][samples][];
    run(
        windows,
        (bptt, batch) -> {
          for (int lane = 0; lane < windows.size(); lane++) {
            int at = lane;
            int last = batch.length(lane) - 1;
            if (last >= 0 && batch.startInWindow(lane) + last == windows.get(lane).steps() - 1) {
              Start start = Start.behind(windows.get(lane), inputs.get(lane));
              Consumer<FedFork> begin = fork -> begin(bptt, at, last, fork);
              goOn(start, raw -> answered[at] = raw, begin);
              draws.ifPresent(of -> draw(start, of, drawn[at], begin));
            }
          }
        });
    return IntStream.range(0, windows.size())
        .mapToObj(lane -> new Continued(answered[lane], drawn[lane]))
        .toList();
  }

  /** Goes on by as many samples as are asked for. */
  private void draw(Start start, Draws draws, double[][] drawn, Consumer<FedFork> begin) {
    for (int i = 0; i < drawn.length; i++) {
      int number = i;
      begin.accept(fork(start, sample(draws, start, i), ended -> drawn[number] = ended.values()));
    }
  }

  /**
   * A step from which to go on.
   *
   * @param series the target columns in original units // (N, O)
   * @param scale as {@link FedPath} takes it
   * @param known the inputs of later steps, with zeros in place of answers // (count, I)
   */
  private record Start(Sequence of, RowNumbers series, double[] scale, int step, double[] known) {
    /** The last step of a window. */
    static Start behind(Window window, Encoded input) {
      int last = window.start() + window.steps() - 1;
      return new Start(window.sequence(), input.series(), input.scale(), last, input.later());
    }

    /** The later steps, of I inputs each; null if there is none. */
    Sequence later(int width) {
      int count = known.length / width;
      return count == 0
          ? null
          : Sequence.ofFeatures(of.id(), known.clone(), count).withStatics(of.statics());
    }
  }

  /**
   * Goes all ways on from a step of which its answer is made, one after the other: what they say is
   * kept, but not they.
   *
   * @param reader told of the answer when the last has ended // (H·O·P)
   * @param begin runs one
   */
  private void goOn(Start start, Consumer<double[]> reader, Consumer<FedFork> begin) {
    if (paths == 0) {
      begin.accept(fork(start, number, ended -> reader.accept(ended.raw())));
      return;
    }
    Draws draws = new Draws(output, Paths.SEED);
    Paths all = new Paths(output, paths);
    Consumer<FedFork> done =
        ended -> {
          if (all.add(ended.chosen())) {
            reader.accept(all.quantiles());
          }
        };
    for (int i = 0; i < paths; i++) {
      begin.accept(fork(start, sample(draws, start, i), done));
    }
  }

  private Choosing sample(Draws draws, Start start, int number) {
    return Choosing.sample(draws, start.of().id(), start.step(), columns, number);
  }

  private FedFork fork(Start start, Choosing choosing, Consumer<FedFork> done) {
    FedPath path = new FedPath(fed, start.series(), start.scale(), start.step());
    return new FedFork(path, output, choosing, start.later(fed.width()), answers, done);
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
