package io.hindsight.driver.answer;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.distribution.Draws;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.serving.StepPredictor;
import java.util.Optional;

/** All of a model that its answers need. Safe to be used from several threads. */
public final class AnsweringModel {
  private final Parameters parameters;
  private final Encoding.Table encoding;
  private final BpttConfig bptt;
  private final Choice choice;
  private PackedWeights packed; // null before it is asked for
  private StepPredictor steps; // likewise

  /**
   * A model.
   *
   * @param parameters not copied, not to be changed
   * @param bptt the windows that it was trained with
   */
  public AnsweringModel(Parameters parameters, Encoding.Table encoding, BpttConfig bptt) {
    this(parameters, encoding, bptt, Choice.USUAL);
  }

  /**
   * As the other.
   *
   * @param choice how answers are chosen
   */
  public AnsweringModel(
      Parameters parameters, Encoding.Table encoding, BpttConfig bptt, Choice choice) {
    this.parameters = parameters;
    this.encoding = encoding;
    this.bptt = bptt;
    this.choice = choice;
  }

  /** The weights. */
  public Parameters parameters() {
    return parameters;
  }

  /** How its data is encoded. */
  public Encoding.Table encoding() {
    return encoding;
  }

  /** The windows that it was trained with. */
  public BpttConfig bptt() {
    return bptt;
  }

  /** The network's shape. */
  public NetworkSpec network() {
    return parameters.layout().spec();
  }

  /** How answers are chosen. */
  public Choice choice() {
    return choice;
  }

  /** What samples of one step are drawn by; absent where none are asked for. */
  Optional<Draws> draws() {
    return choice.samples().map(of -> new Draws(network().output(), of.seed()));
  }

  /** Whether a whole sequence has one answer, a string of labels. */
  boolean answersStrings() {
    return network().output().loss().targetsAreStrings();
  }

  /** Whether only the last step of a window is answered. */
  boolean answersLastStep() {
    return network().output().at() == At.LAST_STEP;
  }

  /** The weights as the kernels read them, packed once for all threads. */
  public synchronized PackedWeights packed() {
    if (packed == null) {
      packed = PackedWeights.of(parameters);
    }
    return packed;
  }

  /**
   * What answers step by step, one for all threads.
   *
   * @throws UnsupportedOperationException if the network reads sequences from their ends too
   */
  public synchronized StepPredictor steps() {
    if (steps == null) {
      steps = new StepPredictor(parameters);
    }
    return steps;
  }
}
