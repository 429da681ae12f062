package dev.countersign.internal;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of a document that was checked; its elements are made when somebody looks at them. */
final class SkippedArray extends AbstractList<Object> {

  private final JsonCharacters part;
  private final Json.Limits limits;

  // Whoever comes first makes it; made twice it is the same.
  private @Nullable List<Object> elements;

  SkippedArray(JsonCharacters part, Json.Limits limits) {
    this.part = part;
    this.limits = limits;
  }

  @SuppressWarnings("unchecked") // the reader makes no other lists
  private List<Object> elements() {
    List<Object> known = elements;
    if (known == null) {
      known = (List<Object>) JsonReader.readSkipped(part, limits);
      elements = known;
    }
    return known;
  }

  @Override
  public Object get(int index) {
    return elements().get(index);
  }

  @Override
  public int size() {
    return elements().size();
  }
}
