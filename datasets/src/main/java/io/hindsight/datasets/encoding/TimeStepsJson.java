package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeStep.Unit;
import io.hindsight.datasets.time.TimeSteps;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a table as fields of its encoding; none where steps are rows. */
final class TimeStepsJson {
  private static final String STEP = "time-step";
  private static final String DIFFER = "time-steps-differ";

  private TimeStepsJson() {}

  static void write(ObjectNode json, TimeSteps steps) {
    steps.common().ifPresent(step -> write(json.putObject(STEP), step));
    if (steps.differ()) {
      json.put(DIFFER, true);
    }
  }

  private static void write(ObjectNode json, TimeStep step) {
    json.put("unit", JsonFields.lower(step.unit()));
    json.set("length", JsonFields.number(step.length()));
    if (!step.weekdays().isEmpty()) {
      EnumSet.copyOf(step.weekdays())
          .forEach(day -> json.withArray("weekdays").add(JsonFields.lower(day)));
    }
  }

  /** The steps of an encoding; rows for one that knows none. */
  static TimeSteps read(JsonNode json) {
    Optional<TimeStep> common =
        json.has(STEP)
            ? Optional.of(step(JsonFields.field(json, STEP, JsonNode::isObject, "an object")))
            : Optional.empty();
    return new TimeSteps(common, json.has(DIFFER) && JsonFields.truth(json, DIFFER));
  }

  private static TimeStep step(JsonNode json) {
    double length =
        JsonFields.field(json, "length", l -> l.doubleValue() > 0, "a positive number")
            .doubleValue();
    Unit unit = JsonFields.constant(Unit.class, json, "unit");
    return new TimeStep(unit, length, unit == Unit.WEEKDAYS ? weekdays(json) : Set.of());
  }

  private static Set<DayOfWeek> weekdays(JsonNode json) {
    List<String> names = JsonFields.strings(json, "weekdays");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (names.contains(JsonFields.lower(day))) {
        days.add(day);
      }
    }
    if (days.isEmpty() || days.size() != names.size()) {
      throw JsonFields.wrong("weekdays", json.get("weekdays"), "days of the week");
    }
    return days;
  }
}
