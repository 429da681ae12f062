package dev.countersign.internal;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a document that was checked; its members are made when somebody looks at them. */
final class SkippedObject extends AbstractMap<String, Object> {

  private final JsonCharacters part;
  private final Json.Limits limits;

  // Whoever comes first makes it; made twice it is the same.
  private @Nullable Map<String, Object> members;

  SkippedObject(JsonCharacters part, Json.Limits limits) {
    this.part = part;
    this.limits = limits;
  }

  @SuppressWarnings("unchecked") // the reader makes no other maps
  private Map<String, Object> members() {
    Map<String, Object> known = members;
    if (known == null) {
      known = (Map<String, Object>) JsonReader.readSkipped(part, limits);
      members = known;
    }
    return known;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return members().entrySet();
  }

  @Override
  public @Nullable Object get(Object name) {
    return members().get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return members().containsKey(name);
  }
}
