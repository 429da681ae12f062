package dev.countersign.agent.adapter.ktor;

import dev.countersign.http.FieldNames;
import io.ktor.server.engine.BaseApplicationRequest;
import java.util.Set;
import java.util.TreeSet;

/** Takes fields out of a request. */
final class HiddenFields {

  // A set of names, which Ktor's own way to it compares with regard to case.
  private static final PrivateField REMOVED = new PrivateField("removed");

  private HiddenFields() {}

  /** From here on a request has no line of these fields, in whatever case they are asked for. */
  @SuppressWarnings("unchecked")
  static void hide(BaseApplicationRequest request, FieldNames names) {
    if (!names.isEmpty()) {
      Set<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      removed.addAll((Set<String>) REMOVED.get(request.getHeaders()));
      removed.addAll(names);
      REMOVED.set(request.getHeaders(), removed);
    }
  }
}
