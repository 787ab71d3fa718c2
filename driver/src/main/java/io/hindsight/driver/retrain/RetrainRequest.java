package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.retrain.folder.RunKey;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param config of the network and its training, as {@code train} takes it
 * @param registry its location
 * @param window of the data
 * @param key that names the run; absent has one made of window and configuration
 * @param start where the weights start
 * @param promote whether a blessed candidate becomes the champion
 */
public record RetrainRequest(
    RunConfig config,
    String registry,
    TimeWindow window,
    Optional<RunKey> key,
    Start start,
    boolean promote) {
  /**
   * Where the weights of a candidate start.
   *
   * @param fromChampion whether from the champion's, where there is one; otherwise from random ones
   * @param coldEvery every how many runs from random ones all the same; 0 for never
   */
  public record Start(boolean fromChampion, int coldEvery) {
    /** From random weights always. */
    public static final Start SCRATCH = new Start(false, 0);
  }
}
