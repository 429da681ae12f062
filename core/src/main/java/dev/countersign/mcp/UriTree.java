package dev.countersign.mcp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requirement by the URI of a resource, for patterns. A pattern is more special than another
 * one if all its URIs are URIs of the other one, too. Among the patterns of a URI without {@code
 * /*}, then among those with it, the one that is more special than all others holds; if there is
 * none such, the URI is denied. Not changed after it was built, and thread-safe then.
 */
final class UriTree {

  // No sensible set of rules needs more; a set that was made for it could need 2^32.
  private static final int MAX_STEPS = 10_000;

  private final Node root = new Node();

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    @Nullable Node variable;
    @Nullable Requirement whole;
    @Nullable Requirement below;

    Node child(String segment) {
      if (!segment.equals(UriPattern.VARIABLE)) {
        return literals.computeIfAbsent(segment, s -> new Node());
      }
      Node child = variable == null ? new Node() : variable;
      variable = child;
      return child;
    }
  }

  /**
   * A pattern that a URI fits.
   *
   * @param literals a bit for each segment that is literal, all of which are the URI's then
   * @param depth how many segments it names
   */
  private record Match(Requirement requirement, long literals, int depth) {}

  /** What is found on the way down. */
  private static final class Search {
    final List<Match> whole = new ArrayList<>();
    final List<Match> below = new ArrayList<>();
    int steps;
  }

  /** Adds a rule. The same pattern twice is denied. */
  void add(UriPattern pattern, Requirement requirement) {
    Node node = root;
    for (String segment : pattern.segments()) {
      node = node.child(segment);
    }
    if (pattern.below()) {
      node.below = node.below == null ? requirement : Requirement.DENIED;
    } else {
      node.whole = node.whole == null ? requirement : Requirement.DENIED;
    }
  }

  /**
   * The rule for a URI.
   *
   * @param segments those of a URI in normal form
   * @return empty if no pattern is for it
   */
  Optional<Requirement> find(List<String> segments) {
    Search search = new Search();
    descend(root, segments, 0, 0, search);
    if (search.steps > MAX_STEPS) {
      return Optional.of(Requirement.DENIED);
    }
    return mostSpecial(search.whole.isEmpty() ? search.below : search.whole);
  }

  private static void descend(
      Node node, List<String> segments, int depth, long literals, Search search) {
    if (++search.steps > MAX_STEPS) {
      return;
    }
    if (depth == segments.size()) {
      if (node.whole != null) {
        search.whole.add(new Match(node.whole, literals, depth));
      }
      return;
    }
    if (node.below != null) {
      search.below.add(new Match(node.below, literals, depth));
    }
    String segment = segments.get(depth);
    Node literal = node.literals.get(segment);
    if (literal != null) {
      descend(literal, segments, depth + 1, literals | 1L << depth, search);
    }
    if (node.variable != null && !segment.isEmpty()) {
      descend(node.variable, segments, depth + 1, literals, search);
    }
  }

  private static Optional<Requirement> mostSpecial(List<Match> matches) {
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    long literals = 0;
    int depth = 0;
    for (Match one : matches) {
      literals |= one.literals();
      depth = Math.max(depth, one.depth());
    }
    for (Match one : matches) {
      if (one.literals() == literals && one.depth() == depth) {
        return Optional.of(one.requirement());
      }
    }
    return Optional.of(Requirement.DENIED);
  }
}
