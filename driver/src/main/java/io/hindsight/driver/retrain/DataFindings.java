package io.hindsight.driver.retrain;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.gate.DataVerdict;
import java.util.Optional;

/**
 * What was found out of a window's data.
 *
 * @param verdict of the gate
 * @param profile of the rows
 * @param holdout the newest part of the window; absent where there is too little data
 */
record DataFindings(DataVerdict verdict, DataProfile profile, Optional<Holdout> holdout) {}
