package io.hindsight.driver.train;

import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Optional;

/** Everything that a run's next step depends on: what a checkpoint keeps. */
public final class TrainingState {
  private final long runId;
  private final Parameters parameters;
  private final Optimizer optimizer;
  private final EarlyStopping earlyStopping;
  private final Parameters best;
  private final long stepsPerEpoch;
  private final Optional<CarriedStates> carried;
  private long step;
  private Repairs repairs = Repairs.NONE;

  /**
   * The state before the first step.
   *
   * @param runId tells this run's results from another's
   * @param parameters initial weights; updated in place
   * @param earlyStopping follows the validation loss; if it keeps the best weights, they are apart
   *     from the live ones
   * @param carried zero states if windows carry them, else absent
   */
  public TrainingState(
      long runId,
      Parameters parameters,
      Optimizer optimizer,
      EarlyStopping earlyStopping,
      long stepsPerEpoch,
      Optional<CarriedStates> carried) {
    this.runId = runId;
    this.parameters = parameters;
    this.optimizer = optimizer;
    this.earlyStopping = earlyStopping;
    this.best = earlyStopping.keepsBest() ? parameters.copy() : parameters;
    this.stepsPerEpoch = stepsPerEpoch;
    this.carried = carried;
  }

  /** The weights, live. */
  public Parameters parameters() {
    return parameters;
  }

  /** The optimizer, live. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** Where early stopping stands, live. */
  public EarlyStopping earlyStopping() {
    return earlyStopping;
  }

  /** The weights of the best validation with early stopping, else the last: the run's result. */
  public Parameters best() {
    return best;
  }

  /** Takes note of a validation's loss and returns whether it is the best so far. */
  public boolean observeValidation(double loss) {
    boolean improved = earlyStopping.observe(loss);
    if (improved && best != parameters) {
      best.copyFrom(parameters);
    }
    return improved;
  }

  /** Steps made so far, and so the number of the next. */
  public long step() {
    return step;
  }

  /** Epoch of the next step, from 0. */
  public long epoch() {
    return step / stepsPerEpoch;
  }

  /** Steps made in the epoch of the next step: where its windows begin. */
  public long stepInEpoch() {
    return step % stepsPerEpoch;
  }

  /** Epoch that the last step belonged to, from 0. */
  public long epochOfLastStep() {
    return (step - 1) / stepsPerEpoch;
  }

  /** Whether the last step was the last of its epoch. */
  public boolean atEpochEnd() {
    return stepInEpoch() == 0;
  }

  /** States between windows; absent if they are not carried. */
  public Optional<CarriedStates> carried() {
    return carried;
  }

  /**
   * What the next step's tasks need to know.
   *
   * @param how how far gradients flow back within a window, and how large they may be
   * @param loop over the weights
   */
  public StepRequest request(Backpropagation how, RangeLoop loop) {
    return new StepRequest(
        runId,
        step,
        epoch(),
        stepInEpoch(),
        parameters.fingerprint(loop),
        how,
        carried.map(CarriedStates::next));
  }

  /** What tasks need to know to compute the loss of the present weights. */
  public StepRequest lossRequest() {
    return StepRequest.ofLoss(runId, step, parameters.fingerprint());
  }

  /**
   * Moves on after an update.
   *
   * @param stored the state that it stored; absent if states are not carried
   */
  public void advance(Optional<CarriedState> stored) {
    carried.ifPresent(states -> states.advance(stored.orElseThrow()));
    step++;
  }

  /** What was done about steps that were not finite. */
  public Repairs repairs() {
    return repairs;
  }

  /** Takes note of what was done about a step that was not finite. */
  public void repaired(Repairs after) {
    repairs = after;
  }

  /** Takes over a saved position; all arrays are restored in place by the caller. */
  public void restore(long savedStep, Repairs savedRepairs) {
    step = savedStep;
    repairs = savedRepairs;
  }
}
