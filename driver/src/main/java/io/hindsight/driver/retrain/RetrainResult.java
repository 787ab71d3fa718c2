package io.hindsight.driver.retrain;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import java.util.Optional;

/**
 * What a retraining came to.
 *
 * @param outcome in one word
 * @param status as {@code status.json} has it
 * @param folder of the run, in the registry
 * @param blessing what the gates said; absent where the run came to no verdict
 * @param profile of the window's rows; absent where they were not looked at
 */
public record RetrainResult(
    Outcome outcome,
    RetrainStatus status,
    String folder,
    Optional<Blessing> blessing,
    Optional<DataProfile> profile) {}
