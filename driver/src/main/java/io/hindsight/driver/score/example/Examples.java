package io.hindsight.driver.score.example;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.AllCores;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A closer look at what weights answer: how errors are distributed, how they follow each other, how
 * they depend on the length of sequences, and the newest steps of the sequences that are answered
 * best, worst, and in the middle.
 *
 * <pre>
 * {"part": "test", "sequences": 20, "of_sequences": 20, "targets": 960, "error": "rmse",
 *  "unit": "original", "by_length": [{"from": 256, "to": 511, "sequences": 20, "targets": 960,
 *  "error": 0.41}], "errors": {"targets": 960, "mean": …, "rmse": …, "from": …, "width": …,
 *  "below": 2, "counts": […], "above": 1,
 *  "autocorrelation": [{"lag": 1, "pairs": 940, "value": …}]},
 *  "examples": [{"which": "median", "sequence": "…", "length": 480, "targets": 48, "error": …,
 *  "column": "y", "levels": [0.1, 0.9], "origins": […], "steps": […], "truths": […],
 *  "answers": […], "quantiles": [[…], […]]}, …]}
 * </pre>
 *
 * <p>It is made on the driver, of sequences with at most {@value #MOST_NUMBERS} steps, of fewer
 * where each answers several columns or steps ahead, or takes a large network long. It is the same
 * for any number of tasks, cores and threads.
 */
public final class Examples {
  private static final Logger LOG = LoggerFactory.getLogger(Examples.class);
  private static final int MOST_NUMBERS = 250_000;
  private static final long MOST_PRODUCTS = 200_000_000_000L; // some ten seconds of one core
  private static final int TOGETHER = 8; // sequences
  private static final int MOST_SHOWN = 3; // likewise

  private final RunData data;
  private final SequenceList part;
  private final PackedWeights weights;
  private final LookKind kind;
  private final long mostSteps;
  private final boolean cut; // whether windows of a sequence are answered by themselves

  private Examples(RunData data, SequenceList part, Parameters weights, LookKind kind) {
    this.data = data;
    this.part = part;
    this.weights = PackedWeights.of(weights);
    this.kind = kind;
    mostSteps = mostSteps(weights.layout());
    cut = data.config().training().bptt().cutsBeforehand();
  }

  /**
   * Of the test part, or the validation part where there is no test part; absent where there is
   * neither, and where targets are several labels at once or label strings. What fails here is
   * logged, and no fault of whoever asks.
   */
  public static Optional<ObjectNode> of(RunData data, Parameters weights) {
    Part last = data.encoded().test().isEmpty() ? Part.VALIDATION : Part.TEST;
    try {
      return of(data, last, weights);
    } catch (RuntimeException | OutOfMemoryError failure) { // what it held is free again
      if (Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      LOG.warn(
          "there are no examples of answers: {}; output.examples: false asks for none",
          failure.toString());
      return Optional.empty();
    }
  }

  private static Optional<ObjectNode> of(RunData data, Part of, Parameters weights) {
    SequenceList part = data.encoded().parts().of(of);
    return LookKind.of(data)
        .map(kind -> new Examples(data, part, weights, kind).look(of))
        .filter(json -> !json.path("examples").isEmpty());
  }

  private ObjectNode look(Part of) {
    int[] chosen = SequenceSample.of(part, mostSteps);
    List<Sample> samples = new ArrayList<>(samples(chosen));
    samples.removeIf(sample -> sample.look().targets() == 0);
    ObjectNode root = Json.object().put("part", of.text());
    root.put("sequences", samples.size()).put("of_sequences", part.size());
    root.put("targets", samples.stream().mapToLong(sample -> sample.look().targets()).sum());
    root.put("error", kind.errorName());
    new LengthBins(kind).put(root.putArray("by_length"), samples);
    kind.put(root, samples);
    ArrayNode examples = root.putArray("examples");
    shown(samples).forEach((which, sample) -> put(examples.addObject(), which, sample));
    return root;
  }

  /** As answers of recursion are held and computed, and windows that overlap are read again. */
  private long mostSteps(ParameterLayout layout) {
    int answers = RecursiveOutput.answers(data.encoded().encoding());
    long paths = Math.max(1, RecursiveOutput.paths(data.encoded().encoding()));
    long products = layout.denseSize() * (data.readingsOfAStep() + paths * (answers - 1L));
    long held = MOST_NUMBERS / Math.max(kind.width(), answers);
    return Math.max(1, Math.min(held, MOST_PRODUCTS / Math.max(1, products)));
  }

  /** What is told of each of some sequences, in their order. */
  private List<Sample> samples(int[] chosen) {
    Sample[] samples = new Sample[chosen.length];
    AtomicInteger next = new AtomicInteger();
    int together = together(chosen.length);
    int groups = (chosen.length + together - 1) / together;
    AllCores.run(
        groups,
        () -> {
          AnsweredSteps answered = new AnsweredSteps(data, weights);
          for (int group = next.getAndIncrement(); group < groups; group = next.getAndIncrement()) {
            int from = group * together;
            look(answered, chosen, from, Math.min(chosen.length, from + together), samples);
          }
          return groups;
        });
    return Arrays.asList(samples);
  }

  /** Whole sequences fill lanes together; the windows of one do by themselves. */
  private int together(int sequences) {
    int each = sequences / Runtime.getRuntime().availableProcessors();
    return cut ? Math.max(1, Math.min(TOGETHER, each)) : TOGETHER;
  }

  private void look(AnsweredSteps answered, int[] chosen, int from, int to, Sample[] samples) {
    List<Sequence> some = Arrays.stream(chosen, from, to).mapToObj(this::sequence).toList();
    Map<String, Look> looks = new HashMap<>();
    for (int i = from; i < to; i++) {
      Sequence sequence = some.get(i - from);
      Look look = looks.computeIfAbsent(sequence.id(), id -> kind.look(sequence));
      samples[i] = new Sample(chosen[i], sequence.id(), sequence.length(), look);
    }
    answered.read(some, (of, step, outputs) -> looks.get(of.id()).add(of, step, outputs));
  }

  /** A sequence; of one that is too long its newest steps, if others need not be read for them. */
  private Sequence sequence(int index) {
    Sequence whole = part.get(index);
    boolean costly = RecursiveOutput.paths(data.encoded().encoding()) > 0;
    return (cut || costly) && whole.length() > mostSteps
        ? SequenceSample.newest(whole, (int) mostSteps)
        : whole;
  }

  /** The sequences that are shown, by which they are, each once. */
  private static Map<String, Sample> shown(List<Sample> samples) {
    List<Sample> ordered =
        samples.stream()
            .sorted(Comparator.comparingDouble((Sample sample) -> sample.look().error()))
            .toList();
    int count = ordered.size();
    String[] names =
        switch (count) {
          case 0 -> new String[0];
          case 1 -> new String[] {"only"};
          case 2 -> new String[] {"best", "worst"};
          default -> new String[] {"median", "best", "worst"};
        };
    int[] places = {(count - 1) / 2, 0, count - 1};
    Map<String, Sample> shown = new LinkedHashMap<>();
    IntStream.range(0, names.length)
        .forEach(i -> shown.put(names[i], ordered.get(places[i + (names.length == 2 ? 1 : 0)])));
    return shown;
  }

  private void put(ObjectNode node, String which, Sample sample) {
    node.put("which", which).put("sequence", sample.id()).put("length", sample.length());
    node.put("targets", sample.look().targets());
    Numbers.put(node, "error", sample.look().error());
    sample.look().put(node);
    Points points = kind.points();
    int steps = (int) Math.max(1, Math.min(points.steps(), mostSteps / MOST_SHOWN));
    Sequence newest = SequenceSample.newest(part.get(sample.index()), steps);
    new AnsweredSteps(data, weights).read(List.of(newest), points::add);
    points.put(node);
  }
}
