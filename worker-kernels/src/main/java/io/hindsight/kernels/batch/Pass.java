package io.hindsight.kernels.batch;

/**
 * What a pass over a window is for. In training, some layers add noise to what they compute; it is
 * a function of the numbers here and of lane, time step and unit, so whoever computes a lane draws
 * the same.
 *
 * @param training whether there is noise
 * @param seed the run's seed
 * @param step the training step
 * @param firstLane which lane of the step's minibatch the batch's first is
 */
public record Pass(boolean training, long seed, long step, int firstLane) {
  /** Without noise. */
  public static final Pass EVALUATION = new Pass(false, 0, 0, 0);

  /** Of a training step. */
  public static Pass ofStep(long seed, long step, int firstLane) {
    return new Pass(true, seed, step, firstLane);
  }
}
