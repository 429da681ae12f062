package dev.countersign.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request or a response, to be changed. Nothing is checked. Immutable.
 *
 * @param method the method of a request; empty for a response
 * @param target the raw target of a request, with its query
 * @param status the status of a response
 * @param fields name and value of each field line
 * @param body the body
 */
record Message(
    String method, String target, int status, List<Map.Entry<String, String>> fields, String body) {

  Message {
    fields = List.copyOf(fields);
  }

  static Message answer(int status, String body) {
    return new Message(
        "", "", status, List.of(Map.entry("Content-Type", "application/json")), body);
  }

  String path() {
    return target.split("\\?", 2)[0];
  }

  List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  boolean has(String name) {
    return !values(name).isEmpty();
  }

  String value(String name) {
    return values(name).stream().findFirst().orElse("");
  }

  Message with(String name, String value) {
    List<Map.Entry<String, String>> all = new ArrayList<>(fields);
    all.add(Map.entry(name, value));
    return new Message(method, target, status, all, body);
  }

  Message without(String name) {
    return new Message(
        method,
        target,
        status,
        fields.stream().filter(field -> !field.getKey().equalsIgnoreCase(name)).toList(),
        body);
  }

  Message set(String name, String value) {
    return without(name).with(name, value);
  }

  /** Changes every value of a field. */
  Message edit(String name, UnaryOperator<String> change) {
    return new Message(
        method,
        target,
        status,
        fields.stream()
            .map(
                field ->
                    field.getKey().equalsIgnoreCase(name)
                        ? Map.entry(field.getKey(), change.apply(field.getValue()))
                        : field)
            .toList(),
        body);
  }

  Message status(int other) {
    return new Message(method, target, other, fields, body);
  }

  Message body(String other) {
    return new Message(method, target, status, fields, other);
  }

  Message method(String other) {
    return new Message(other, target, status, fields, body);
  }

  Message target(String other) {
    return new Message(method, other, status, fields, body);
  }

  /** The text behind this scheme in the only Authorization line. */
  Optional<String> credentials(String scheme) {
    List<String> lines = values("Authorization");
    return lines.size() == 1 && lines.get(0).startsWith(scheme + " ")
        ? Optional.of(lines.get(0).substring(scheme.length() + 1))
        : Optional.empty();
  }
}
