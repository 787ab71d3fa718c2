package io.hindsight.driver.config.section;

import io.hindsight.driver.config.HooksConfig;
import io.hindsight.driver.config.HooksConfig.Event;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code on} section: commands that a retraining runs at its end. It is read only: what a model
 * or a run directory stores does not have it, since addresses of alerts are often secret.
 */
final class HooksSection {
  private HooksSection() {}

  static HooksConfig read(Section root) {
    Section on = root.section("on");
    Map<Event, List<String>> commands = new EnumMap<>(Event.class);
    for (Event event : Event.values()) {
      String key = Words.of(event);
      List<String> command = on.command(key);
      if (!command.isEmpty()) {
        commands.put(event, command);
      }
    }
    return new HooksConfig(commands);
  }

  static Map<String, Object> write(HooksConfig hooks) {
    Map<String, Object> on = new LinkedHashMap<>();
    hooks.commands().forEach((event, command) -> on.put(Words.of(event), command));
    return on;
  }
}
