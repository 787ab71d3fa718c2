package io.hindsight.driver.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is run at the end of a retraining: the {@code on} section. It never changes the result.
 *
 * @param commands program and arguments, by event
 */
public record HooksConfig(Map<Event, List<String>> commands) {
  /** None. */
  public static final HooksConfig NONE = new HooksConfig(Map.of());

  /** What can happen. */
  public enum Event {
    /** A candidate became the champion. */
    PROMOTED,
    /** A gate refused the data or the candidate. */
    REJECTED,
    /** A retraining failed. */
    FAILED
  }

  public HooksConfig {
    Map<Event, List<String>> copy = new EnumMap<>(Event.class);
    commands.forEach((event, command) -> copy.put(event, List.copyOf(command)));
    commands = copy;
  }

  /** What is run at an event; absent if nothing is. */
  public Optional<List<String>> command(Event event) {
    return Optional.ofNullable(commands.get(event));
  }
}
