package io.hindsight.datasets.encoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import io.hindsight.datasets.time.TimeStep.Unit;
import io.hindsight.datasets.time.TimeSteps;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a table as fields of its encoding; none where steps are rows. */
final class TimeStepsJson {
  private static final String STEP = "time-step";
  private static final String DIFFER = "time-steps-differ";
  private static final String INPUTS = "time-inputs";

  private TimeStepsJson() {}

  static void write(ObjectNode json, TimeSteps steps) {
    steps.common().ifPresent(step -> write(json.putObject(STEP), step));
    if (steps.differ()) {
      json.put(DIFFER, true);
    }
    if (!steps.inputs().areNone()) {
      write(json.putObject(INPUTS), steps.inputs());
    }
  }

  private static void write(ObjectNode json, TimeInputs inputs) {
    inputs.frequency().ifPresent(steps -> json.put("frequency", steps.toString()));
    json.put("gaps", JsonFields.lower(inputs.gaps()));
    inputs.elapsed().ifPresent(step -> write(json.putObject("elapsed"), step));
    inputs.calendar().forEach(field -> json.withArray("calendar").add(JsonFields.lower(field)));
    inputs.holidays().forEach(day -> json.withArray("holidays").add(day.toString()));
    json.put("zone", inputs.zone().getId());
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
    boolean differ = json.has(DIFFER) && JsonFields.truth(json, DIFFER);
    TimeInputs inputs =
        json.has(INPUTS)
            ? inputs(JsonFields.field(json, INPUTS, JsonNode::isObject, "an object"))
            : TimeInputs.NONE;
    return new TimeSteps(common, differ, inputs);
  }

  private static TimeInputs inputs(JsonNode json) {
    boolean hasStep = json.has("elapsed");
    return new TimeInputs(
        json.has("frequency") ? Optional.of(frequency(json)) : Optional.empty(),
        JsonFields.constant(Gaps.class, json, "gaps"),
        hasStep
            ? Optional.of(step(JsonFields.field(json, "elapsed", JsonNode::isObject, "an object")))
            : Optional.empty(),
        texts(json, "calendar").stream().map(word -> field(json, word)).toList(),
        texts(json, "holidays").stream().map(day -> day(json, day)).toList(),
        zone(json));
  }

  private static List<String> texts(JsonNode json, String name) {
    return json.has(name) ? JsonFields.strings(json, name) : List.of();
  }

  private static Frequency frequency(JsonNode json) {
    return Frequency.of(JsonFields.text(json, "frequency"))
        .filter(steps -> !steps.isAuto())
        .orElseThrow(() -> JsonFields.wrong("frequency", json.get("frequency"), "a frequency"));
  }

  private static CalendarField field(JsonNode json, String word) {
    return Arrays.stream(CalendarField.values())
        .filter(field -> JsonFields.lower(field).equals(word))
        .findFirst()
        .orElseThrow(
            () -> JsonFields.wrong("calendar", json.get("calendar"), "fields of the calendar"));
  }

  private static LocalDate day(JsonNode json, String day) {
    try {
      return LocalDate.parse(day);
    } catch (DateTimeException e) {
      throw JsonFields.wrong("holidays", json.get("holidays"), "dates");
    }
  }

  private static ZoneId zone(JsonNode json) {
    try {
      return ZoneId.of(JsonFields.text(json, "zone"));
    } catch (DateTimeException e) {
      throw JsonFields.wrong("zone", json.get("zone"), "a time zone");
    }
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
