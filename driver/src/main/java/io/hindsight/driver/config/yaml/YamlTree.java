package io.hindsight.driver.config.yaml;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.yaml.YamlNode.Entry;
import io.hindsight.driver.config.yaml.YamlNode.Listing;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import io.hindsight.driver.config.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a tree of {@link YamlNode}s from the parser's events.
 *
 * <p>An alias shares the node of its anchor and is never expanded, so a small file cannot grow into
 * a large tree; nesting is limited, so it cannot exhaust the stack either.
 */
public final class YamlTree {
  private static final int DEEPEST = 20;
  private static final int SHORT = 1024; // characters, such as those of most overrides
  private static final LoadSettings OF_SHORT = wholeIn(SHORT);

  private final SourcePlace source;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<String, YamlNode> anchors = new HashMap<>();

  private YamlTree(String text, SourcePlace source, Problems problems) {
    this.source = source;
    this.problems = problems;
    this.events = new Parse(wholeIn(text)).parseString(text).iterator();
  }

  /**
   * Has the parser read the text in one piece: where a piece ends between the two units of a
   * character beyond U+FFFF, it reaches past the end of its buffer.
   */
  private static LoadSettings wholeIn(String text) {
    return text.length() < SHORT ? OF_SHORT : wholeIn(text.length() + 1);
  }

  private static LoadSettings wholeIn(int buffer) {
    return LoadSettings.builder().setBufferSize(buffer).build();
  }

  /**
   * The document's value; absent if there is none. Duplicate keys are recorded and their first
   * value kept.
   *
   * @param text one YAML document
   * @param source its file or override
   * @param path key of the value, empty for a whole file
   * @throws ConfigException if the text is not YAML, with the place
   */
  public static Optional<YamlNode> parse(
      String text, SourcePlace source, String path, Problems problems) {
    SourceText.refuseControlCharacters(text, source, problems);
    problems.throwIfAny();
    try {
      return new YamlTree(text, source, problems).document(path);
    } catch (MarkedYamlEngineException e) {
      throw notYaml(e, source, path, problems);
    } catch (YamlEngineException e) {
      problems.add(source, path, "not valid YAML: " + e.getMessage(), "correct the text");
      throw problems.exception();
    } catch (NumberFormatException e) { // the parser's, for an escape that the text ends in
      String message = "not valid YAML: an escape such as \\u has no digits behind it";
      String remedy = "complete it and the quotes around it";
      problems.add(SourceText.endOf(source, text), path, message, remedy);
      throw problems.exception();
    }
  }

  private static ConfigException notYaml(
      MarkedYamlEngineException e, SourcePlace source, String path, Problems problems) {
    SourcePlace place = source.at(e.getProblemMark().or(e::getContextMark));
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("TAB")) {
      problems.add(place, path, "a tab is not allowed here", "indent with spaces");
    } else if (source.rank() > 0) {
      String message = "the value is not valid YAML: " + problem;
      problems.add(place, path, message, "put it in quotes, as in --set '" + path + "=\"…\"'");
    } else {
      String context = e.getContext() == null ? "" : e.getContext() + " ";
      problems.add(
          place,
          path,
          "not valid YAML: " + context + problem,
          "check indentation, colons, quotes and brackets here and on the line before");
    }
    return problems.exception();
  }

  private Optional<YamlNode> document(String path) {
    Optional<YamlNode> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (root.isPresent()) {
            throw refused(event, path, "a second YAML document starts", "keep one per file");
          }
        }
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        default -> root = Optional.of(node(event, path, 0));
      }
    }
    return root;
  }

  private YamlNode node(Event event, String path, int depth) {
    if (event instanceof AliasEvent alias) {
      return anchored(alias, path);
    }
    if (depth > DEEPEST) {
      throw refused(event, path, "nested deeper than " + DEEPEST + " levels", "flatten it");
    }
    refuseTag(event, path);
    YamlNode node =
        switch (event.getEventId()) {
          case SequenceStart -> listing(at(event), path, depth);
          case MappingStart -> mapping(at(event), path, depth);
          default -> {
            ScalarEvent scalar = (ScalarEvent) event;
            yield new Scalar(at(event), scalar.getValue(), scalar.isPlain());
          }
        };
    ((NodeEvent) event).getAnchor().ifPresent(a -> anchors.put(a.getValue(), node));
    return node;
  }

  private YamlNode anchored(AliasEvent alias, String path) {
    String name = alias.getAlias().getValue();
    YamlNode node = anchors.get(name);
    if (node == null) {
      String message = "no anchor &" + name + " is complete before this alias";
      String remedy = "define it before with &" + name + ", or put the value in quotes";
      throw refused(alias, path, message, remedy);
    }
    return node;
  }

  private void refuseTag(Event event, String path) {
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    tag.ifPresent(
        t ->
            problems.add(at(event), path, "tags such as " + t + " are not used", "delete the tag"));
  }

  private Listing listing(SourcePlace place, String path, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, path, depth + 1));
    }
    return new Listing(place, items);
  }

  private Mapping mapping(SourcePlace place, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(node(event, path, depth + 1) instanceof Scalar key)) {
        throw refused(event, path, "a key is a list or mapping", "use a name as the key");
      }
      SourcePlace keyPlace = at(event);
      String keyPath = Section.join(path, key.text());
      YamlNode value = node(events.next(), keyPath, depth + 1);
      Entry first = entries.putIfAbsent(key.text(), new Entry(keyPlace, value));
      if (first != null) {
        String message = "duplicate key, first given at line " + first.keyPlace().line();
        problems.add(keyPlace, keyPath, message, "delete one of the two");
      }
    }
    return new Mapping(place, entries);
  }

  /** What cannot be read past: ends the reading with all problems so far. */
  private ConfigException refused(Event event, String path, String message, String remedy) {
    problems.add(at(event), path, message, remedy);
    return problems.exception();
  }

  private SourcePlace at(Event event) {
    return source.at(event.getStartMark());
  }
}
