package dev.countersign.internal;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * The part of YAML 1.2 that is another way to write JSON, as the maps and lists of {@link Json}:
 * one document in UTF-8, without anchors, aliases and tags, every key a text that is there once.
 * Not thread-safe, used once.
 */
public final class Yaml {

  private final Iterator<Event> events;
  private final Json.Limits limits;
  private final ScalarResolver resolver = new JsonSchema().getScalarResolver();
  private int values;

  private Yaml(String text, Json.Limits limits) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(Math.max(1, limits.maxBytes())).build();
    // The package of the low-level API is not exported by its module.
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
    this.limits = limits;
  }

  /**
   * Reads one document.
   *
   * @param utf8 the text in UTF-8
   * @param limits when to give up
   * @return as {@link Json#read}
   * @throws JsonException if the text is no such YAML, or goes beyond a limit
   * @throws LinkageError if the parser, which is an optional dependency, is not there
   */
  public static Object read(byte[] utf8, Json.Limits limits) throws JsonException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonException("expected at most " + limits.maxBytes() + " bytes, gave up", 0);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return new Yaml(text, limits).document();
    } catch (CharacterCodingException e) {
      throw new JsonException("expected UTF-8", 0);
    } catch (MarkedYamlEngineException e) {
      long position = e.getProblemMark().map(mark -> (long) mark.getIndex()).orElse(0L);
      throw new JsonException("expected YAML 1.2", position);
    } catch (YamlEngineException e) {
      throw new JsonException("expected YAML 1.2", 0);
    }
  }

  private Object document() throws JsonException {
    next(Event.ID.StreamStart);
    next(Event.ID.DocumentStart);
    Object document = value(events.next(), 0);
    next(Event.ID.DocumentEnd);
    next(Event.ID.StreamEnd);
    return document;
  }

  private void next(Event.ID expected) throws JsonException {
    Event event = events.next();
    if (event.getEventId() != expected) {
      throw at(event, "expected one document");
    }
  }

  private Object value(Event event, int depth) throws JsonException {
    if (event.getEventId() == Event.ID.Alias) {
      throw at(event, "expected no alias");
    }
    if (!(event instanceof NodeEvent node) || node.getAnchor().isPresent()) {
      throw at(event, "expected no anchor");
    }
    if (++values > limits.maxValues() || depth > limits.maxDepth()) {
      throw at(event, "expected less than that, gave up");
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    return event instanceof MappingStartEvent mapping
        ? mapping(mapping, depth)
        : sequence((SequenceStartEvent) event, depth);
  }

  private Map<String, Object> mapping(MappingStartEvent start, int depth) throws JsonException {
    if (start.getTag().isPresent()) {
      throw at(start, "expected no tag");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
      if (!(value(key, depth + 1) instanceof String name)) {
        throw at(key, "expected a text as key, in quotes if it looks like something else");
      }
      if (members.put(name, value(events.next(), depth + 1)) != null) {
        throw at(key, "expected each key once");
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Object> sequence(SequenceStartEvent start, int depth) throws JsonException {
    if (start.getTag().isPresent()) {
      throw at(start, "expected no tag");
    }
    List<Object> elements = new ArrayList<>();
    for (Event element = events.next();
        element.getEventId() != Event.ID.SequenceEnd;
        element = events.next()) {
      elements.add(value(element, depth + 1));
    }
    return Collections.unmodifiableList(elements);
  }

  private Object scalar(ScalarEvent scalar) throws JsonException {
    String text = scalar.getValue();
    if (scalar.getTag().isPresent()) {
      throw at(scalar, "expected no tag");
    }
    Tag tag = scalar.isPlain() ? resolver.resolve(text, true) : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return Json.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return text.equals("true");
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(scalar, text) : text;
  }

  // By the reader of JSON, so that the same number is the same value. What is no number there, like
  // .inf, is none here.
  private Object number(ScalarEvent scalar, String text) throws JsonException {
    try {
      if (Json.read(text.getBytes(StandardCharsets.UTF_8), limits) instanceof Number number) {
        return number instanceof BigDecimal || number instanceof Long ? number : text;
      }
    } catch (JsonException e) {
      throw at(scalar, "expected a number as in JSON, or a text in quotes");
    }
    return text;
  }

  private static JsonException at(Event event, String expected) {
    return new JsonException(
        expected, event.getStartMark().map(mark -> (long) mark.getIndex()).orElse(0L));
  }
}
