package io.hindsight.datasets.encoded;

import io.hindsight.datasets.windows.SequenceList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which steps of sequences training saw: the first of each.
 *
 * @param byId steps of the training part of each sequence; none of those that are not in it
 * @param season steps of a season, 1 without any
 */
public record TrainingSteps(Map<String, Integer> byId, int season) {
  /** Of all sequences of a training part, none of which is read. */
  public static TrainingSteps of(SequenceList training, Optional<Integer> season) {
    Map<String, Integer> byId = new HashMap<>();
    for (int index = 0; index < training.size(); index++) {
      byId.put(training.id(index), training.length(index));
    }
    return new TrainingSteps(byId, season.orElse(1));
  }

  /** Of what the parts have of some sequences. */
  public static TrainingSteps of(List<SplitSequence> some, Optional<Integer> season) {
    Map<String, Integer> byId = new HashMap<>();
    for (SplitSequence one : some) {
      SequenceList training = one.parts().training();
      for (int index = 0; index < training.size(); index++) {
        byId.put(training.id(index), training.length(index));
      }
    }
    return new TrainingSteps(byId, season.orElse(1));
  }
}
